import crypto from 'node:crypto';

/** SST puts random letters into physical names; holds them still, so that two runs give the same result. Gives what lets go again. */
export function holdRandomNames(): () => void {
  const original = crypto.randomBytes;
  const steady = (size: number, done?: (error: Error | null, bytes: Buffer<ArrayBuffer>) => void) =>
    done ? original(size, done) : Buffer.alloc(size, 7);
  crypto.randomBytes = steady as typeof crypto.randomBytes;
  return () => {
    crypto.randomBytes = original;
  };
}
