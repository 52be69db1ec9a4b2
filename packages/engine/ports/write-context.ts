/** Goes with every write, so that the provider's audit log leads back to the ledger (S27). */
export interface WriteContext {
  readonly decisionId: string;
}
