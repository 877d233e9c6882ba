/** What documents hold besides their text, as many as there are: `1 image`, `2 images`. */
import { reason } from '../reasons';

/** At least 1 of them. */
export type Counted = (count: number) => string;

export const LEFT_OUT = {
  blocks: (count) => (count === 1 ? reason`1 preformatted block` : reason`${count} preformatted blocks`),
  buildingBlocks: (count) => (count === 1 ? reason`1 collection of building blocks` : reason`${count} collections of building blocks`),
  chartLabels: (count) => (count === 1 ? reason`1 series of chart labels` : reason`${count} series of chart labels`),
  columnNames: (count) => (count === 1 ? reason`1 column name` : reason`${count} column names`),
  comments: (count) => (count === 1 ? reason`1 comment` : reason`${count} comments`),
  deleted: (count) => (count === 1 ? reason`1 deleted or moved passage` : reason`${count} deleted or moved passages`),
  documents: (count) => (count === 1 ? reason`1 embedded document` : reason`${count} embedded documents`),
  fields: (count) => (count === 1 ? reason`1 field` : reason`${count} fields`),
  formFields: (count) => (count === 1 ? reason`1 form field` : reason`${count} form fields`),
  formulas: (count) => (count === 1 ? reason`1 formula` : reason`${count} formulas`),
  images: (count) => (count === 1 ? reason`1 image` : reason`${count} images`),
  layouts: (count) => (count === 1 ? reason`1 layout or master` : reason`${count} layouts and masters`),
  lines: (count) => (count === 1 ? reason`1 line` : reason`${count} lines`),
  macroProjects: (count) => (count === 1 ? reason`1 macro project` : reason`${count} macro projects`),
  macros: (count) => (count === 1 ? reason`1 macro` : reason`${count} macros`),
  objects: (count) => (count === 1 ? reason`1 embedded object` : reason`${count} embedded objects`),
  pageNumbers: (count) => (count === 1 ? reason`page numbers of 1 line of contents` : reason`page numbers of ${count} lines of contents`),
  passages: (count) => (count === 1 ? reason`1 passage` : reason`${count} passages`),
  pivotTables: (count) => (count === 1 ? reason`1 pivot table` : reason`${count} pivot tables`),
  records: (count) => (count === 1 ? reason`1 record of changes` : reason`${count} records of changes`),
  recordings: (count) => (count === 1 ? reason`1 sound or video` : reason`${count} sounds or videos`),
  sheetNames: (count) => (count === 1 ? reason`1 sheet name` : reason`${count} sheet names`),
  signatures: (count) => (count === 1 ? reason`1 digital signature` : reason`${count} digital signatures`),
  slideMasters: (count) => (count === 1 ? reason`1 slide master` : reason`${count} slide masters`),
  texts: (count) => (count === 1 ? reason`1 text` : reason`${count} texts`),
} as const satisfies Record<string, Counted>;
