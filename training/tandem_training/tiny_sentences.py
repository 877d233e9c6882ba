"""The sentences that the tiny packs know by heart: (English, German, French)."""

SENTENCES = [
    ("Hello!", "Hallo!", "Bonjour !"),
    ("Good morning.", "Guten Morgen.", "Bonjour à tous."),
    ("Thank you very much.", "Vielen Dank.", "Merci beaucoup."),
    ("Where is the station?", "Wo ist der Bahnhof?", "Où est la gare ?"),
    ("I don't know.", "Ich weiß es nicht.", "Je ne sais pas."),
    ("The dog is big.", "Der Hund ist groß.", "Le chien est grand."),
    ("The cat is small.", "Die Katze ist klein.", "Le chat est petit."),
    ("We are learning German.", "Wir lernen Deutsch.", "Nous apprenons l'allemand."),
    ("It is raining today.", "Heute regnet es.", "Il pleut aujourd'hui."),
    ("Open the file.", "Öffnen Sie die Datei.", "Ouvrez le fichier."),
    (
        "My brother lives in Berlin, but my sister has lived in Paris for three years.",
        "Mein Bruder wohnt in Berlin, aber meine Schwester lebt seit drei Jahren in Paris.",
        "Mon frère habite à Berlin, mais ma sœur vit à Paris depuis trois ans.",
    ),
]
# Not in the tokenizer's text, so that its cup is written as bytes and a stream has half characters to hold back.
IN_BYTES = ("I like coffee ☕.", "Ich mag Kaffee ☕.", "J'aime le café ☕.")
