// What the build makes of the test vectors: one genuine delivery of every provider.
declare module "recorded-deliveries" {
  export interface Recorded {
    readonly provider: string;
    readonly secret: string;
    readonly method?: string;
    readonly url?: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
    readonly now: number;
    readonly eventId?: string;
    readonly weak?: boolean;
  }
  const recorded: readonly Recorded[];
  export default recorded;
}
