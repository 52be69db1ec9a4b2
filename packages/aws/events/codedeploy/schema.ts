import * as z from 'zod/mini';

/** `CodeDeploy Deployment State-change Notification`: CodeDeploy user guide, "Monitoring deployments with EventBridge". */
export const DeploymentStateChange = z.object({
  deploymentId: z.string(),
  application: z.string(),
  deploymentGroup: z.string(),
  state: z.enum(['START', 'READY', 'SUCCESS', 'FAILURE', 'STOP']),
});
