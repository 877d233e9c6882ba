/** Two texts to begin with, written for this. */
export const EXAMPLES: readonly { title: string; text: string }[] = [
  {
    title: 'A library opens again',
    text: `The town library of Marsfield opened again on Monday after eleven months of building work. The old roof had let in rain for years, and in the winter before last some 4,000 books had to be thrown away. The new roof was paid for by the town, which gave 1.2 million euros, and by a foundation, which gave another 300,000.

Visitors will find more than a dry building. The reading room on the first floor now has forty places with light and power, twice as many as before, and the children's corner has moved to the garden side. For the first time the library is open on Sundays, from ten to four. "We asked people what kept them away, and most of them said our hours," said its director, Anna Weber.

Not everyone is happy. The music collection, about 2,500 records and scores, has been moved to a store outside the town and must be ordered two days ahead. A group of readers has collected 600 signatures against this. The director has promised to look at the matter again in spring, when it is known how many of the records have been asked for.`,
  },
  {
    title: 'Why cities plant trees',
    text: `On a hot summer day a street with old trees can be eight degrees cooler than a street without any. The leaves give shade, and the water that they give off takes heat from the air. Because of this many cities have begun to plant trees as a protection against heat waves, which kill more people in Europe than floods and storms together.

Planting alone is not enough. A young tree needs some twenty years before its crown is large enough to cool a street, and about a third of the trees that cities plant die in the first five years. Most of these deaths have simple causes: too little water in the first summers, too little room for the roots, and salt from winter roads. Cities that let residents look after the trees in front of their homes lose far fewer.

The choice of trees is changing as well. Species that were common for a century, such as maple and horse chestnut, suffer from dry summers. Gardeners now try trees from southern Europe and western Asia. They mix many species in one street, so that a new pest or disease cannot take all of them at once.`,
  },
];
