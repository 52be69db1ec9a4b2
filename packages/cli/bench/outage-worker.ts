import { answerTasks } from './answer-tasks.ts';
import { runOutageTask } from './outage-task.ts';

answerTasks(runOutageTask);
