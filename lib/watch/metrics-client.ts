/**
 * The part of the module `prom-client` that is used, by shape: the package neither imports it nor needs its
 * types, so a host without metrics does not have to install it, and it does not matter whether the host is
 * ESM or CommonJS.
 */
export interface MetricsClient {
  readonly Counter: new (configuration: MetricConfiguration) => Counter;
  readonly Gauge: new (configuration: GaugeConfiguration) => Gauge;
  readonly Histogram: new (configuration: MetricConfiguration & { buckets: number[] }) => Histogram;
  /** The default registry of the process. */
  readonly register: MetricsRegistry;
}

/** A `Registry` of `prom-client`. */
export interface MetricsRegistry {
  getSingleMetric(name: string): unknown;
}

/** The option `metrics` of a host: `{ client: promClient }`, with a registry of its own where it has one. */
export interface MetricsOptions {
  readonly client: MetricsClient;
  /** @default the default registry of `client` */
  readonly registry?: MetricsRegistry;
}

export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  inc(labels: Labels, value?: number): void;
  inc(value?: number): void;
}

export interface Gauge {
  set(labels: Labels, value: number): void;
  set(value: number): void;
}

export interface Histogram {
  observe(labels: Labels, value: number): void;
}

export interface MetricConfiguration {
  name: string;
  help: string;
  labelNames: string[];
  /** `never`, because what a registry is in full is between the host and its `prom-client`. */
  registers: never[];
}

export interface GaugeConfiguration extends MetricConfiguration {
  /** Called at each scrape, before the value is read. */
  collect?: (this: Gauge) => Promise<void>;
}
