import { PAGE_STYLE } from '@evenkeel/dashboard/page';

/** A chart of a page as a file of its own, with the page's colours and ground. */
export function standaloneSvg(chart: string): string {
  return chart
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace(
      '</title>',
      `</title><style>${PAGE_STYLE}</style><rect width="100%" height="100%" fill="var(--paper)"/>`,
    )
    .concat('\n');
}
