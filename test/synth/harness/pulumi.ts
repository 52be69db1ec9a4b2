/** The part of Pulumi's Node runtime that the synth touches; the package itself comes with SST's platform code. */
export interface PulumiRuntime {
  setMocks(mocks: Mocks, project: string, stack: string, preview: boolean): Promise<void>;
  getMonitor(): Monitor;
  runInPulumiStack(program: () => unknown): Promise<Record<string, unknown> | undefined>;
  waitForRPCs(): Promise<void>;
}

export interface Mocks {
  newResource(args: {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly id?: string;
  }): { readonly id: string; readonly state: Record<string, unknown> };
  call(args: {
    readonly token: string;
    readonly inputs: Readonly<Record<string, unknown>>;
  }): Record<string, unknown>;
}

export interface Struct {
  toJavaScript(): unknown;
}

/** A request to register or read a resource, in protobuf's own getters. */
export interface ResourceRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect?(): boolean;
  getRetainondelete?(): boolean;
  getCustom?(): boolean;
  getObject?(): Struct;
  getProperties?(): Struct;
}

export type ResourceCallback = (error: unknown, response: { getUrn(): string }) => void;
export type Register = (request: ResourceRequest, callback: ResourceCallback) => void;

export interface Monitor {
  newUrn(parent: string | undefined, type: string, name: string): string;
  registerResource: Register;
  readResource: Register;
}
