/**
 * Names under which the models are compiled on the host's connection. Namespaced, so that they never meet a
 * host's own `User` model; the collections are Rocket.Chat's.
 */
export const MODEL_PREFIX = 'ChatLdapSync';
