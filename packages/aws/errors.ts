import { PortError, type PortErrorCode } from '@evenkeel/engine/ports';

/** What an AWS error means to us. `capacity`: EC2 has none of that kind now; `credentials`: we are nobody to AWS. */
export type AwsMeaning =
  | 'throttled'
  | 'capacity'
  | 'quota'
  | 'denied'
  | 'credentials'
  | 'not-found'
  | 'conflict'
  | 'refused'
  | 'unavailable';

/** What the adapters reject with: the engine reads `code`, people and tests `meaning`, `awsCode` and `permission`. */
export class AwsError extends PortError {
  readonly meaning: AwsMeaning;
  /** AWS's own code, for the ledger and for a search engine. */
  readonly awsCode: string;
  /** The missing IAM permission, where the meaning is `denied`. */
  readonly permission: string | undefined;

  constructor(facts: AwsErrorFacts) {
    super(PORT_CODES[facts.meaning], facts.message);
    this.meaning = facts.meaning;
    this.awsCode = facts.awsCode;
    this.permission = facts.permission;
  }
}

export interface AwsErrorFacts {
  readonly meaning: AwsMeaning;
  readonly awsCode: string;
  readonly message: string;
  readonly permission?: string;
}

const PORT_CODES: Readonly<Record<AwsMeaning, PortErrorCode>> = {
  throttled: 'throttled',
  capacity: 'unavailable',
  quota: 'quota',
  denied: 'denied',
  credentials: 'denied',
  'not-found': 'not-found',
  conflict: 'conflict',
  refused: 'invalid',
  unavailable: 'unavailable',
};

/** Error codes whose meaning does not depend on the text. EC2 Auto Scaling sends most of the rest as `ValidationError`. */
const MEANING_OF_CODE: Readonly<Record<string, AwsMeaning>> = {
  ...codes(
    'throttled',
    'Throttling ThrottlingException ThrottledException RequestThrottled RequestThrottledException RequestLimitExceeded',
    'TooManyRequestsException EC2ThrottledException SlowDown BandwidthLimitExceeded PriorRequestNotComplete',
    'ProvisionedThroughputExceededException LimitExceededException',
  ),
  ...codes(
    'capacity',
    'InsufficientInstanceCapacity InsufficientHostCapacity InsufficientReservedInstanceCapacity UnfulfillableCapacity',
    'InsufficientFreeAddressesInSubnet ReservationCapacityExceeded',
  ),
  ...codes(
    'quota',
    'LimitExceeded LimitExceededFault ServiceQuotaExceededException VcpuLimitExceeded InstanceLimitExceeded',
    'MaxSpotInstanceCountExceeded',
  ),
  ...codes(
    'denied',
    'AccessDenied AccessDeniedException UnauthorizedOperation AuthorizationError NotAuthorized OptInRequired',
  ),
  ...codes(
    'credentials',
    'ExpiredToken ExpiredTokenException InvalidClientTokenId UnrecognizedClientException SignatureDoesNotMatch',
    'AuthFailure CredentialsProviderError TokenProviderError IncompleteSignature RequestExpired',
  ),
  ...codes(
    'not-found',
    'ResourceNotFoundException ResourceNotFound NoSuchEntity ActiveInstanceRefreshNotFound ActiveInstanceRefreshNotFoundFault',
  ),
  ...codes(
    'conflict',
    'AlreadyExists AlreadyExistsFault ResourceContention ResourceContentionFault ScalingActivityInProgress',
    'ScalingActivityInProgressFault ResourceInUse ResourceInUseFault InstanceRefreshInProgress',
    'InstanceRefreshInProgressFault ConditionalCheckFailedException ConflictException ResourceInUseException',
    'TransactionConflictException',
  ),
  ...codes(
    'unavailable',
    'InternalFailure InternalError InternalServerError InternalServerException InternalServiceError InternalServiceFault',
    'ServiceUnavailable ServiceUnavailableException RequestTimeout RequestTimeoutException ServiceLinkedRoleFailure',
  ),
  ...codes(
    'refused',
    'ValidationException InvalidParameterValue InvalidParameterCombination InvalidParameter MissingParameter',
    'InvalidNextToken IrreversibleInstanceRefresh IrreversibleInstanceRefreshFault Unsupported',
  ),
};

/** Where the code says too little, the text decides; fragments, since the sentences change. */
const MEANING_OF_TEXT: readonly (readonly [RegExp, AwsMeaning])[] = [
  [/not authorized to perform|not authorized for/i, 'denied'],
  [/rate exceeded|too many requests/i, 'throttled'],
  [/name not found|does not exist|was not found|not found -/i, 'not-found'],
  [/pending delet|being deleted/i, 'not-found'],
  [/sufficient .* capacity|no spot capacity|unfulfillablecapacity/i, 'capacity'],
  [/vcpu capacity than your current vcpu limit|instance\(s\) are already running/i, 'quota'],
  [/already exists|active instance refresh/i, 'conflict'],
];

const NETWORK_CODES = /^(TimeoutError|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|NetworkingError|AbortError)/;

/**
 * Translates whatever an SDK call threw. `operation` is the IAM action of the call (`autoscaling:DescribePolicies`): it names the
 * missing permission where AWS's text does not. An AwsError comes back as it is.
 */
export function awsError(error: unknown, operation: string): AwsError {
  if (error instanceof AwsError) return error;
  const awsCode = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const meaning = meaningOf(awsCode, text, statusOf(error));
  const permission = meaning === 'denied' ? permissionOf(text, operation) : undefined;
  return new AwsError({
    meaning,
    awsCode,
    message: sentence({ meaning, awsCode, text, operation, permission }),
    ...(permission !== undefined && { permission }),
  });
}

/** What a code and a text of AWS mean, as they also stand in the failed items of a batch or in a scaling activity. */
export function meaningOf(awsCode: string, text: string, status = 0): AwsMeaning {
  const byCode = MEANING_OF_CODE[awsCode];
  if (byCode !== undefined) return byCode;
  const byText = MEANING_OF_TEXT.find(([pattern]) => pattern.test(text));
  if (byText !== undefined) return byText[1];
  if (/NotFound(Exception|Fault)?$/.test(awsCode)) return 'not-found';
  if (NETWORK_CODES.test(awsCode)) return 'unavailable';
  if (status === 403) return 'denied';
  return status >= 400 && status < 500 ? 'refused' : 'unavailable';
}

function codes(meaning: AwsMeaning, ...lists: readonly string[]): Record<string, AwsMeaning> {
  return Object.fromEntries(lists.flatMap((list) => list.split(' ')).map((code) => [code, meaning]));
}

function codeOf(error: unknown): string {
  const { name, code, Code } = (error ?? {}) as { name?: unknown; code?: unknown; Code?: unknown };
  const candidates = name === 'Error' ? [code, Code, name] : [name, Code, code];
  return candidates.find((each): each is string => typeof each === 'string' && each !== '') ?? 'Unknown';
}

function statusOf(error: unknown): number {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode ?? 0;
}

/** "… is not authorized to perform: autoscaling:DescribePolicies on resource: …" names the action; else it is the call's. */
function permissionOf(text: string, operation: string): string {
  return /not authorized to perform:? ([\w-]+:\w+)/i.exec(text)?.[1] ?? operation;
}

interface SentenceFacts {
  readonly meaning: AwsMeaning;
  readonly awsCode: string;
  readonly text: string;
  readonly operation: string;
  readonly permission: string | undefined;
}

function sentence({ meaning, awsCode, text, operation, permission }: SentenceFacts): string {
  switch (meaning) {
    case 'denied':
      return `AWS denies ${operation}: the permission ${permission} is missing; add it to the policy of the role or user in use`;
    case 'credentials':
      return `AWS does not accept the credentials (${awsCode}): ${text}; sign in again (aws sso login) or set AWS_PROFILE`;
    case 'throttled':
      return `${operation} was throttled by AWS even after retries (${awsCode})`;
    case 'unavailable':
      return `${operation} could not be answered (${awsCode}): ${text}`;
    case 'capacity':
    case 'quota':
    case 'not-found':
    case 'conflict':
    case 'refused':
      return `${operation}: ${text} (${awsCode})`;
  }
}
