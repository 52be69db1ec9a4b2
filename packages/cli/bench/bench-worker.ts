import { answerTasks } from './answer-tasks.ts';
import { runBenchTask } from './bench-task.ts';

answerTasks(runBenchTask);
