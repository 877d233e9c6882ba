/** As long as it was, breaks of lines in their places: what stands for something that is not to be read. */
export const blank = (text: string) => text.replace(/[^\n\r]/g, ' ');
