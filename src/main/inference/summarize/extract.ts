/** Sentences of a source that can stand in a summary as they are: which can, how they are shown, and what each is worth for itself. */
import type { Range } from '../../../shared/inference/summary';
import { readable } from './readable';
import { unwrapped } from './sentence-ranges';
import { isStopWord, wordsOf } from './words';

const FEWEST_WORDS = 4;
/** Laws and licences have such sentences. */
const LONGEST_WORDS = 100;
/** Of the characters that are no space. */
const FEWEST_LETTERS = 0.75;
const BEGINS = /^["'“‘(«„]?[\p{L}\p{N}]/u;
const ENDS = /[.!?]["'”’)»“]*$/;
/** So many words before a list say something without it: "Permission is granted …, subject to the following conditions:". */
const LONG_INTRODUCTION = 20;
/** What a list item is marked with, up to the item. */
const LIST_MARK = /^\s*(?:[-*+•‣◦–—]|\(?\d{1,3}[.)])\s+$/;
/** What may follow an item of a list: nothing, an empty line, another mark. */
const ITEM_ENDS = /^[^\S\n]*(?:\n\s*(?:\n|[-*+•‣◦–—#]|\(?\d{1,3}[.)]\s)|\n?\s*$)/;
/** What stands before a sentence: the beginning, an empty line, the end of another sentence, the mark of a list. */
const BEGINS_ANEW = /(?:^|\n[^\S\n]*\n|[.!?:;]["'”’)]*|(?:^|\n)[^\S\n]*(?:[-*+•‣◦–—]|\(?\d{1,3}[.)]))[\s>]*$/;
/** Ends no list item: what comes then is the rest of it. */
const INTRODUCES = /[:;,]$/;
/** In the languages of Europe most words that say nothing are so short, and no list of names has them. */
const SMALL_WORD = /^\p{Ll}.{0,4}$/u;
/** Closes what was opened before it. */
const REST = /^[^([{]*[)\]}]|^[^“„]*”/;
/** What no sentence has. */
const CODE = /\s(?:[-+*/=<>?|&]?=|[<>]|=>|\?\?|&&|\|\|)\s|[{}]|;$/;
/** Said to each other, of nothing. */
const GREETING =
  /^(?:good (?:morning|afternoon|evening)|hello|hi|dear|thanks?|thank you|welcome|bye|(?:best|kind) regards|cheers|hallo|guten (?:morgen|tag|abend)|liebe[rs]?|sehr geehrte|danke|bonjour|merci)(?!\p{L})/iu;
/** UTF-16 code units in which the word before a sentence is found. */
const LINE = 200;
/** A sentence around an address says where something is, not what; one with a bar is a row of a table. */
const ADDRESS = /https?:\/\/|\bwww\.|\|/i;
/** Sends the reader elsewhere, and says no more. */
const SENDING = /^(?:see|refer to|check out|additional information)\b/i;
/** What it begins with stands for something that was said before it, in English, German or French. */
const GOING_ON =
  /^(?:it|its|they|their|he|she|his|her|however|but|and|also|then|thus|so|therefore|moreover|furthermore|such|otherwise|instead|er|sie|es|seine?|ihre?|dies|diese[rs]?|jedoch|aber|deshalb|daher|zudem|außerdem|dann|ils?|elles?|leurs?|cependant|mais|donc|ainsi|puis)(?!\p{L})/iu;
const LEANING = new RegExp(
  `${GOING_ON.source}|^(?:for example|this(?! (?:is|article|document|library|module|package|page|paper|program|project|tool)\\b)|these|those|here|suppose)\\b`,
  'iu',
);
/** What it says is said elsewhere, or nowhere. */
const POINTING =
  /\b(?:for (?:more|further) \w+|please (?:see|refer|read|visit|contact|note)|older entries|click|(?:the|example|described|listed|shown) (?:above|following|below)|as follows|(?:can|may) be found)\b|^to (?:contact|see|read|visit)\b|\bhere\.$|\?["'”’)]*$/i;
/** What begins so answers somebody, or is about who speaks. */
const SPOKEN = /^(?:so|okay|ok|well|right|sure|fine|great|not|yes|no|and|let['’]s|i|i['’]\p{L}+)(?!\p{L})/iu;
/** Said while thinking of what to say, and words that come twice. */
const HESITATING = /(?<!\p{L})(?:um+|uh+|mm+|hmm+|yeah|y'know)(?!\p{L})|(?<!\p{L})(\p{L}+),? \1(?!\p{L})/iu;
/** Stands for what was said before it, or holds in one case only. */
const REFERRING = /^if\b|\b(?:of|on|for|with|from|about) (?:them|it|that one)\b/i;
/** Cue words (Edmundson 1969): what was decided, found or must be done. */
const TELLING =
  /\b(?:decid|agree|conclu|propos|recommend)\p{L}*|\b(?:in (?:summary|short)|as a result|we (?:show|present|find)|must|will be)\b/iu;
/** Says what holds in one case. */
const IN_A_CASE = /^(?:if|when|unless|note(?: that)?|wenn|falls|si|lorsque)(?!\p{L})/iu;
/** Says what a word means in a contract. */
const DEFINING = /^(?:["“'][^"”']{1,60}["”'](?: \([^()]{1,40}\))?|["“][^"”]{1,60}["”] \p{L}+) (?:shall |will )?means?\b/u;
/** Says what a name in code is: a part of the subject, unless the text begins with that name. */
const NAMING = /^(\p{Ll}+|\p{L}*\p{Ll}\p{Lu}\p{L}*|\p{L}+[._]\S+) (?:is|are|-|–|:)(?!\p{L})/u;
/** In UTF-16 code units. */
const BEGINNING = 300;
/** What letters say beside their subject, and of the letter that they answer. */
const POLITE =
  /^(?:(?:i(?:['’]m| am)|we(?:['’]re| are)) (?:very |so )?(?:sorry|pleased|happy|glad|afraid|writing)|you (?:asked|wrote|wanted|mentioned)|we look forward|i look forward|do not hesitate)\b/i;
/** A date, a time of day or an amount of money. */
const EXACT =
  /\b\d{1,2}(?:st|nd|rd|th|\.)? (?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)\b|\b\d{1,2}:\d{2}\b|[€£$]\s?\d|\d (?:euros?|pounds|dollars)\b/iu;
/** What stands deep in a page is about a detail: an option of a manual, say. In spaces, or a tab. */
const DEEP = /^(?: {10}|\t)/;
/** What the first sentence of a text is worth: mostly what it is about. */
const FIRST = 2.5;
/** In words. */
const LONG = 40;
/** A word that a manual broke at the end of a line. */
const BROKEN_WORD = /(?<=\p{Ll})\u2010\s+(?=\p{Ll})/gu;
/** A link whose target stands elsewhere: "[Autoprefixer]"; what has no letter is a reference. */
const SHORT_LINK = /(?<![\p{L}\p{N}\]])\[(\p{L}[^[\]\n]{0,80})\](?![([{\p{L}\p{N}])/gu;
/** Introduces an example that is not shown, in code mostly. */
const INTRODUCING_EXAMPLE = /,?\s\(?(?:e\.\s?g|i\.\s?e|esp|viz|for example|for instance)[.,:]*$/i;
/** Numbers of issues and commits at the end of an entry of a changelog. */
const REFERENCES = /\s*\((?:#\d+|[0-9a-f]{7,40}|@[\w-]+)(?:,? (?:#\d+|[0-9a-f]{7,40}|@[\w-]+))*\)(?=\.?$)/g;

/** As it is shown: on one line, without the marks of Markdown. Words stay as they are. */
export function shownSentence(source: string, { start, end }: Range): string {
  return readable(unwrapped(source.slice(start, end)))
    .replace(SHORT_LINK, '$1')
    .replace(/`([^`']{0,200})`/g, '$1')
    .replace(/``|\*\*|__|\\(?=[/_*[\]()#.!-])/g, '')
    .replace(BROKEN_WORD, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(REFERENCES, '')
    .replace(INTRODUCING_EXAMPLE, '.');
}

/** Whether it reads as a sentence: not a heading, a line of a table, code, an address, a list of names or a fragment. */
export const isReadable = (shown: string) => (ENDS.test(shown) || isLongIntroduction(shown)) && isProse(shown);

/** As `isReadable`, of an item of a list: it need not end as sentences do. */
export const isReadableItem = (shown: string) => !INTRODUCES.test(shown) && isProse(shown);

const isLongIntroduction = (shown: string) => shown.endsWith(':') && wordsOf(shown).length >= LONG_INTRODUCTION;

function isProse(shown: string): boolean {
  const words = wordsOf(shown);
  const visible = shown.match(/\S/g)?.length ?? 0;
  const letters = shown.match(/\p{L}/gu)?.length ?? 0;
  const isLoud = !/\p{Ll}/u.test(shown);
  const small = words.filter(({ text }) => SMALL_WORD.test(isLoud ? text.toLowerCase() : text)).length;
  const isLong = words.length >= FEWEST_WORDS && words.length <= LONGEST_WORDS && small > 0 && small < words.length;
  const says = words.filter(({ text }) => !isStopWord(text));
  const isTitle = !isLoud && says.every(({ text }) => /^\p{Lu}/u.test(text));
  const isNone = isTitle || hasAddress(shown) || REST.test(shown) || CODE.test(shown) || GREETING.test(shown);
  return isLong && letters >= FEWEST_LETTERS * visible && BEGINS.test(shown) && !isNone;
}

export const hasAddress = (shown: string) => ADDRESS.test(shown);

/** Whether it is all of an item of a list: a mark stands before it on its line, and no text goes on below, as it does under a numbered heading. */
export function isListItem(source: string, { start, end }: Range): boolean {
  const isMarked = LIST_MARK.test(source.slice(Math.max(source.lastIndexOf('\n', start - 1) + 1, start - LINE), start));
  return isMarked && ITEM_ENDS.test(source.slice(end, end + LINE));
}

/** Whether the range begins where a sentence does. One with a small letter that follows a line that did not end is the rest of it. */
export function isBeginning(source: string, { start }: Range): boolean {
  return !/^\p{Ll}/u.test(source.slice(start, start + 2)) || BEGINS_ANEW.test(source.slice(Math.max(0, start - LINE), start));
}

/**
 * What a sentence is worth in a summary by itself, 1 where nothing is known. One that leans on another one says less without it, one that asks or
 * points elsewhere hardly anything. `rank`: its place among the `count` sentences that can be shown; the first counts two and a half times, the last a little less
 * than others.
 */
export function worth(shown: string, source: string, range: Range, rank: number, count: number): number {
  const line = source.slice(source.lastIndexOf('\n', range.start) + 1, range.start + 1);
  const shares = [
    ...[
      LEANING.test(shown) ? 0.6 : 1,
      SENDING.test(shown) ? 0.2 : POINTING.test(shown) ? 0.4 : 1,
      SPOKEN.test(shown) ? 0.6 : 1,
      HESITATING.test(shown) ? 0.25 : 1,
    ],
    ...[DEEP.test(line) ? 0.5 : 1, isListItem(source, range) ? 0.6 : 1, wordsOf(shown).length > LONG ? 0.7 : 1],
    ...[DEFINING.test(shown) ? 0.2 : isOfAPart(shown, source) ? 0.4 : 1, POLITE.test(shown) ? 0.3 : 1, isLongIntroduction(shown) ? 0.5 : 1],
    IN_A_CASE.test(shown) && !EXACT.test(shown) && !TELLING.test(shown) ? 0.7 : 1,
    ...[TELLING.test(shown) ? 1.25 : 1, EXACT.test(shown) ? 1.2 : 1],
  ];
  return shares.reduce((product, share) => product * share, (rank === 0 ? FIRST : 1 + 1 / (1 + 2 * rank)) * (1.15 - (0.3 * rank) / count));
}

function isOfAPart(shown: string, source: string): boolean {
  const name = NAMING.exec(shown)?.[1];
  return name !== undefined && !source.slice(0, BEGINNING).toLowerCase().includes(name.toLowerCase());
}

/** Whether it can be a headline: it neither asks, answers, points elsewhere or defines a word nor goes on from another sentence. */
export const standsAlone = (shown: string) =>
  ![GOING_ON, SENDING, POINTING, SPOKEN, HESITATING, DEFINING, POLITE, REFERRING].some((kind) => kind.test(shown));
