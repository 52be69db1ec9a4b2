/**
 * What holds for every role of the app, whichever component makes it: SST 4.17 lets the account's root assume every function's role
 * in deployed stages too (it tests an Output for truth), and nothing but the role's own service needs to.
 */
export function defaults(): void {
  $transform(aws.iam.Role, (args) => {
    args.assumeRolePolicy = $output(args.assumeRolePolicy).apply((policy) => {
      const document = JSON.parse(typeof policy === 'string' ? policy : JSON.stringify(policy)) as {
        Statement: { Principal?: Record<string, unknown> }[];
      };
      for (const { Principal } of document.Statement) if (Principal?.Service) delete Principal.AWS;
      return JSON.stringify(document);
    });
  });
}
