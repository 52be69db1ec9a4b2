export { type PreviewOptions, previewPage } from './preview-page.ts';
export { sampleChart } from './sample-chart.ts';
export { SAMPLE_ENTRIES, SAMPLE_NOW } from './samples.ts';
