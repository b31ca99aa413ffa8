# The sidecar: the API and the schedule beside a chat server's MongoDB. docs/command-line.md has its variables.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY models ./models
COPY lib ./lib
COPY routes ./routes
COPY client ./client
COPY cli ./cli
COPY ui ./ui
COPY dev/build-page.ts dev/page-build.ts ./dev/
RUN npm run build
# What a host gives has the versions with which the tests ran: the lock has them for development.
RUN npm install --package-lock-only --ignore-scripts --no-audit --no-fund --save-prod --save-exact \
      express@5.3.0 mongoose@9.12.1 prom-client@15.1.3 \
 && npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20.20.2-bookworm-slim
# The port is left to the configuration, which could not change it against a variable.
ENV NODE_ENV=production \
    CHAT_LDAP_SYNC_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
# node, by its number: what runs containers can see that it is not root.
USER 1000:1000
EXPOSE 3080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "dist/cli/main.js", "health"]
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve"]
