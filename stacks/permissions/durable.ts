import { type Names, roleName, type Statement } from './statement.ts';

/** Every version of the function that carries rollouts out, and the executions of each; it lives in Evenkeel's own region. */
function rolloutFunction({ account, stage, regions: [home] }: Names): readonly string[] {
  return [`arn:aws:lambda:${home}:${account}:function:${roleName(stage, 'rollout')}:*`];
}

export function startRollouts(names: Names): Statement {
  return {
    why: 'starts the rollout of what was proposed',
    actions: ['lambda:InvokeFunction'],
    resources: rolloutFunction(names),
  };
}

export function wakeRollouts(names: Names): Statement {
  return {
    why: 'wakes the rollout that waits for an answer',
    actions: ['lambda:SendDurableExecutionCallbackSuccess'],
    resources: rolloutFunction(names),
  };
}

export function keepExecutions(names: Names): Statement {
  return {
    why: 'keeps how far each of its executions is',
    actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
    resources: rolloutFunction(names),
  };
}
