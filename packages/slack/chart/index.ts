export { type ChartSources, createChartOf } from './chart-of.ts';
export { type ChartData, drawChart } from './draw-chart.ts';
