import { join } from 'node:path';
import { homeOf } from './home.ts';
import type { Peer } from './peer.ts';

const PYTHON = [
  join(homeOf(), 'venv', 'bin', 'python'),
  join(import.meta.dirname, 'python', 'peer.py'),
] as const;
const GO = [join(homeOf(), 'peers')] as const;

const HOUR = 60;
const DAY = 1440;

/** Every peer that runs in a process of its own. How often each is asked is what two cores allow, see docs/evaluation.md. */
export const PEERS: readonly Peer[] = [
  {
    name: 'LightGBM',
    tells: 'quantile trees on lags, trained nightly, asked hourly',
    command: PYTHON,
    method: 'lightgbm',
    slotMinutes: 15,
    everyMinutes: HOUR,
    gives: 'quantile',
  },
  {
    name: 'MSTL',
    tells: 'statsforecast, daily and weekly season, hourly values, fitted nightly',
    command: PYTHON,
    method: 'mstl',
    slotMinutes: HOUR,
    everyMinutes: DAY,
    gives: 'quantile',
  },
  {
    name: 'Theta',
    tells: 'statsforecast, daily season, hourly values, fitted every 6 hours',
    command: PYTHON,
    method: 'theta',
    slotMinutes: HOUR,
    everyMinutes: 6 * HOUR,
    gives: 'quantile',
  },
  {
    name: 'seasonal naive',
    tells: 'statsforecast, weekly, 15-minute values, every 6 hours',
    command: PYTHON,
    method: 'seasonal-naive',
    slotMinutes: 15,
    everyMinutes: 6 * HOUR,
    gives: 'quantile',
  },
  {
    name: 'Prophet',
    tells: 'daily and weekly season, hourly values, fitted nightly',
    command: PYTHON,
    method: 'prophet',
    slotMinutes: HOUR,
    everyMinutes: DAY,
    gives: 'quantile',
  },
  {
    name: 'Holt-Winters',
    tells:
      'as the Predictive Horizontal Pod Autoscaler calls statsmodels, 6 days of hourly values, fitted nightly',
    command: PYTHON,
    method: 'holt-winters',
    slotMinutes: HOUR,
    everyMinutes: DAY,
    gives: 'point',
  },
  {
    name: 'VPA histogram',
    tells: 'the decaying histogram of the Vertical Pod Autoscaler, every 30 minutes',
    command: GO,
    method: 'vpa',
    slotMinutes: 5,
    everyMinutes: 30,
    gives: 'quantile',
  },
];
