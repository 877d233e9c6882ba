/** What packs are tried and measured on: short and long, plain and technical, always the same. */
import type { TranslatingManifest } from './pack';

const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Where is the station?',
    'The meeting has been moved to Thursday afternoon.',
    'Please check the cable and restart the device before you call us.',
    'The file could not be opened because another program is using it.',
    'Although it had rained all night, the path along the river was dry enough to walk on.',
    'The committee agreed that the report should be published in full, together with the objections of the members who did not sign it.',
  ],
  de: [
    'Wo ist der Bahnhof?',
    'Die Besprechung wurde auf Donnerstagnachmittag verlegt.',
    'Bitte prüfen Sie das Kabel und starten Sie das Gerät neu, bevor Sie uns anrufen.',
    'Die Datei konnte nicht geöffnet werden, weil ein anderes Programm sie benutzt.',
    'Obwohl es die ganze Nacht geregnet hatte, war der Weg am Fluss trocken genug zum Gehen.',
    'Der Ausschuss beschloss, den Bericht vollständig zu veröffentlichen, zusammen mit den Einwänden der Mitglieder, die ihn nicht unterschrieben hatten.',
  ],
  fr: [
    'Où est la gare ?',
    'La réunion a été reportée à jeudi après-midi.',
    'Veuillez vérifier le câble et redémarrer l’appareil avant de nous appeler.',
    'Le fichier n’a pas pu être ouvert car un autre programme l’utilise.',
    'Bien qu’il ait plu toute la nuit, le chemin le long de la rivière était assez sec pour y marcher.',
    'Le comité a décidé que le rapport serait publié en entier, avec les objections des membres qui ne l’avaient pas signé.',
  ],
};

/** The sentences of a language, where there are none those that the pack was tested with. */
export function sampleSentences(pack: Pick<TranslatingManifest, 'selfTest'>, from: string): readonly string[] {
  const tested = pack.selfTest.filter((test) => test.from === from).map(({ text }) => text);
  return SENTENCES[from] ?? (tested.length > 0 ? tested : (SENTENCES.en ?? []));
}
