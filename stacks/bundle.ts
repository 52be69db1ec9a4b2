/**
 * How functions are bundled, minified and with the AWS SDK inside. Lambda gives credentials by the environment, which the SDK asks first:
 * the other ways it knows are only loaded when that fails, and stay out of the bundle (about 100 KB). Names of functions need not survive
 * the minifier (about 50 KB).
 */
export const ESBUILD = {
  keepNames: false,
  external: [
    '@aws-sdk/credential-provider-http',
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-login',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    '@smithy/credential-provider-imds',
  ],
};
