export { type ChartData, drawChart } from './draw-chart.ts';
