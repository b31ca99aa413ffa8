import { REPORT_ENDPOINTS } from './reports.js';
import { RUN_ENDPOINTS } from './runs.js';
import { SETTINGS_ENDPOINTS } from './settings.js';

/**
 * All endpoints by the name that the client calls them. The router, `openapi.json` and the client are made of this
 * table, so that none of them can differ.
 */
export const ENDPOINTS = { ...RUN_ENDPOINTS, ...REPORT_ENDPOINTS, ...SETTINGS_ENDPOINTS } as const;

export type Endpoints = typeof ENDPOINTS;
export type EndpointName = keyof Endpoints;
