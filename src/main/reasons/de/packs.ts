/** Why a pack is refused or does not work. */
export const packs = {
  'it is the packs’ folder, or in it. Choose a folder elsewhere.':
    'Das ist der Paketordner, oder er liegt darin. Wählen Sie einen Ordner an anderer Stelle.',
  'it holds other files. Choose an empty folder.': 'Der Ordner enthält andere Dateien. Wählen Sie einen leeren Ordner.',
  'packs were added or removed meanwhile. Move them again.':
    'Inzwischen kamen Pakete hinzu oder wurden entfernt. Verschieben Sie sie erneut.',
  'the packs cannot be moved there ({0}).': 'Die Pakete können nicht dorthin verschoben werden ({0}).',
  'it is neither a file nor a folder, and cannot be moved. Remove it.':
    'Das ist weder Datei noch Ordner und kann nicht verschoben werden. Entfernen Sie es.',
  'the packs need {0} MB, but its disk has {1} MB left. Make room, or choose another.':
    'Die Pakete brauchen {0} MB, auf dem Datenträger sind aber nur {1} MB frei. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.',
  'the copy is not what was copied. The disk may be failing.':
    'Die Kopie stimmt nicht mit dem Kopierten überein. Der Datenträger ist vielleicht defekt.',
  'it cannot be read ({0}). Choose another folder.': 'Es kann nicht gelesen werden ({0}). Wählen Sie einen anderen Ordner.',
  '(no name)': '(ohne Namen)',
  'Another pack is being imported. Wait until it is done, or cancel it.':
    'Ein anderes Paket wird gerade importiert. Warten Sie, bis das fertig ist, oder brechen Sie es ab.',
  'Do not trust this pack.': 'Vertrauen Sie diesem Paket nicht.',
  'Get the pack again from where it came from.': 'Besorgen Sie das Paket erneut aus seiner Quelle.',
  'It came with the app, which needs nothing else.': 'Es wurde mit der App geliefert, die nichts anderes braucht.',
  'Its self-test did not end within {0} minutes.': 'Der Selbsttest war nach {0} Minuten nicht fertig.',
  'No import asks for languages. Import the model again.': 'Kein Import fragt nach Sprachen. Importieren Sie das Modell erneut.',
  'Only packs that were imported can be removed here.': 'Hier können nur importierte Pakete entfernt werden.',
  'That pack is not there any more. Look for packs again.': 'Dieses Paket ist nicht mehr vorhanden. Lassen Sie erneut nach Paketen suchen.',
  'The engine ended while it ran the pack (exit code {0}). The graphs may need more memory, or another runtime.':
    'Die Engine wurde beendet, während sie das Paket ausführte (Exit-Code {0}). Die Graphen brauchen vielleicht mehr Arbeitsspeicher oder eine andere Laufzeitumgebung.',
  'To go back to {0}, remove {1} first.': 'Um zu {0} zurückzukehren, entfernen Sie zuerst {1}.',
  'To install it anew, remove it first.': 'Um es neu zu installieren, entfernen Sie es zuerst.',
  'a constant': 'Konstante',
  'a graph has its weights there, but it is not part of the pack. {0}':
    'Ein Graph hat dort seine Gewichte, aber die Datei gehört nicht zum Paket. {0}',
  'a model of the kind "{0}"; expected one of {1}. Choose another model.':
    'Das Modell ist von der Art „{0}“; erwartet wurde eine von diesen: {1}. Wählen Sie ein anderes Modell.',
  'a pack with {0}, or a model with config.json and ONNX graphs': 'ein Paket mit {0} oder ein Modell mit config.json und ONNX-Graphen',
  'a program library': 'eine Programmbibliothek',
  'cannot be copied ({0}). {1}': 'Die Datei kann nicht kopiert werden ({0}). {1}',
  'cannot be read ({0}). {1}': 'Die Datei kann nicht gelesen werden ({0}). {1}',
  'cut off. {0}': 'Die Datei ist abgeschnitten. {0}',
  'does not translate {0} → {1}; it knows {2}. Say others.':
    'Das Modell übersetzt nicht {0} → {1}; es kennt {2}. Nennen Sie andere Sprachen.',
  'does not work here. {0}': 'Das Paket funktioniert hier nicht. {0}',
  'got a link, expected a file. Put the file itself there.':
    'Das ist eine Verknüpfung, erwartet wurde eine Datei. Legen Sie die Datei selbst dorthin.',
  'got a link, expected a file. {0}': 'Das ist eine Verknüpfung, erwartet wurde eine Datei. {0}',
  'got a path of {0} characters, expected at most {1}': 'Der Pfad hat {0} Zeichen, erlaubt sind höchstens {1}',
  'got a path of {0} parts, expected at most {1}': 'Der Pfad hat {0} Teile, erlaubt sind höchstens {1}',
  'got a path that leads out of the pack': 'Der Pfad führt aus dem Paket hinaus',
  'got a path with "{0}", which is a device on Windows': 'Der Pfad enthält „{0}“, unter Windows ein Gerät',
  'got a path with a part that ends in a dot or a space': 'Ein Teil des Pfads endet mit einem Punkt oder Leerzeichen',
  'got a path with an empty part': 'Ein Teil des Pfads ist leer',
  'got a path with characters that not every system can store': 'Der Pfad enthält Zeichen, die nicht jedes System speichern kann',
  'got a program, expected models and text only. {0}': 'Das ist ein Programm; erwartet wurden nur Modelle und Text. {0}',
  'got an absolute path, expected one inside the pack': 'Der Pfad ist absolut, erwartet wurde einer im Paket',
  'got an archive in the pack, expected its files. Unpack it first.':
    'Im Paket liegt ein Archiv, erwartet wurden dessen Dateien. Entpacken Sie es zuerst.',
  'got an empty path': 'Der Pfad ist leer',
  'got bytes that are no text, expected UTF-8. {0}': 'Der Inhalt ist kein Text, erwartet wurde UTF-8. {0}',
  "got more than {0} files, expected a model's few. Choose the pack's own folder.":
    'Es sind mehr als {0} Dateien, erwartet wurden die wenigen eines Modells. Wählen Sie den Ordner des Pakets selbst.',
  'got something that is not a file. {0}': 'Das ist keine Datei. {0}',
  'got two files of this name, expected one: which counts cannot be known. {0}':
    'Es gibt zwei Dateien dieses Namens; welche gilt, ist nicht zu erkennen. {0}',
  'got {0}, expected ONNX graphs. {1}': 'Das ist {0}; erwartet wurden ONNX-Graphen. {1}',
  'holds code for training, which this app never runs. {0}': 'Die Datei enthält Code zum Trainieren, den diese App nie ausführt. {0}',
  'holds graphs in graphs {0} deep, expected at most {1}. {2}': 'Graphen sind {0}-fach verschachtelt, erlaubt sind höchstens {1}. {2}',
  'holds more than the {0} bytes that it says. {1}': 'Die Datei enthält mehr als die angegebenen {0} Bytes. {1}',
  'holds no onnx/encoder_model.onnx with decoder_model_merged.onnx, or decoder_model.onnx and decoder_with_past_model.onnx. Export it: optimum-cli export onnx --task text2text-generation-with-past --model FOLDER OUT':
    'Es fehlt onnx/encoder_model.onnx mit decoder_model_merged.onnx oder mit decoder_model.onnx und decoder_with_past_model.onnx. Exportieren Sie das Modell: optimum-cli export onnx --task text2text-generation-with-past --model FOLDER OUT',
  'holds no {0}; expected {1}. Choose the folder or zip that has it.':
    '{0} fehlt; erwartet wurde {1}. Wählen Sie den Ordner oder die Zip-Datei, worin das liegt.',
  'holds the operator {0}, which loads code or files; expected plain computation. {1}':
    'Die Datei enthält den Operator {0}, der Code oder Dateien lädt; erwartet wurde reine Berechnung. {1}',
  'its tokenizer has no tokens for languages; expected those of its family':
    'Der Tokenizer hat keine Token für Sprachen; erwartet wurden die seiner Modellfamilie',
  'lies over other files of the zip. {0}': 'Die Datei überdeckt andere Dateien des Zip-Archivs. {0}',
  'listed twice in {0}, expected once. {1}': 'Die Datei steht zweimal in {0}, erwartet wurde einmal. {1}',
  'locked with a password, expected an open zip. Unpack it, and import the folder.':
    'Die Zip-Datei ist mit einem Kennwort geschützt. Entpacken Sie sie und importieren Sie den Ordner.',
  missing: 'nicht vorhanden',
  'missing; a SentencePiece model alone is not read': 'Die Datei fehlt; ein SentencePiece-Modell allein wird nicht gelesen',
  'missing; expected {0} bytes. {1}': 'Die Datei fehlt; erwartet wurden {0} Bytes. {1}',
  'names no eos_token_id or no decoder_start_token_id; expected both. Export the model anew.':
    'eos_token_id oder decoder_start_token_id fehlt; erwartet wurden beide. Exportieren Sie das Modell neu.',
  'needs the operator {0} of "{1}", which is not part of the runtime; expected ai.onnx and com.microsoft. {2}':
    'Die Datei braucht den Operator {0} aus „{1}“, den die Laufzeitumgebung nicht hat; erwartet wurden ai.onnx und com.microsoft. {2}',
  'needs {0} MB, but the disk has {1} MB left. Make room, and import it again.':
    'Das Paket braucht {0} MB, auf dem Datenträger sind aber nur {1} MB frei. Schaffen Sie Platz und importieren Sie es erneut.',
  'no graph of the pack refers to it; expected graphs, their weights, JSON and text. Remove it.':
    'Kein Graph des Pakets verweist auf die Datei; erwartet wurden Graphen, ihre Gewichte, JSON und Text. Entfernen Sie sie.',
  'not a file or folder; expected a pack as a folder or a zip. Choose another.':
    'Das ist weder Datei noch Ordner; erwartet wurde ein Paket als Ordner oder Zip-Datei. Wählen Sie etwas anderes.',
  'not a zip; expected a pack as a folder or a zip. Choose another.':
    'Das ist keine Zip-Datei; erwartet wurde ein Paket als Ordner oder Zip-Datei. Wählen Sie etwas anderes.',
  'not an ONNX graph ({0}). {1}': 'Das ist kein ONNX-Graph ({0}). {1}',
  'not listed in {0}; expected no other files. Remove it.':
    'Die Datei steht nicht in {0}; andere Dateien wurden nicht erwartet. Entfernen Sie sie.',
  'not readable (no permission)': 'nicht lesbar (keine Berechtigung)',
  'not readable ({0})': 'nicht lesbar ({0})',
  'not valid JSON ({0}). {1}': 'Das ist kein gültiges JSON ({0}). {1}',
  others: 'andere',
  pack: 'Paket',
  'packed with method {0}, expected deflate. Unpack the zip, and import the folder.':
    'Die Datei ist mit der Methode {0} gepackt, erwartet wurde Deflate. Entpacken Sie die Zip-Datei und importieren Sie den Ordner.',
  'sha256 {0}; expected {1}. {2}': 'Die Prüfsumme (SHA-256) ist {0}; erwartet wurde {1}. {2}',
  'the weights "{0}"': 'Gewichte „{0}“',
  'the zip is damaged ({0}). {1}': 'Die Zip-Datei ist beschädigt ({0}). {1}',
  'there is a folder of that name which is no pack. Rename it, and import the pack again.':
    'Es gibt schon einen Ordner dieses Namens, der kein Paket ist. Benennen Sie ihn um und importieren Sie das Paket erneut.',
  'made for an LLM of width {0}; config.json says {1}': 'Der Hybrid ist für ein LLM der Breite {0} gemacht; in config.json steht {1}',
  'the SLM’s first and last token are {0}; the LLM’s are {1}': 'Erstes und letztes Token des SLM sind {0}; die des LLM sind {1}',
  'the SLM’s first and last token are {0}; it has {1}': 'Erstes und letztes Token des SLM sind {0}; es hat {1}',
  'the SLM knows {0} tokens; tokenizer.json has {1}': 'Das SLM kennt {0} Token; tokenizer.json hat {1}',
  'missing; the hybrid was made with it. {0}': 'Die Datei fehlt; mit ihr wurde der Hybrid gemacht. {0}',
  'missing, or without its decoder; the hybrid was made with this encoder. {0}':
    'Die Datei oder der Decoder dazu fehlt; mit diesem Encoder wurde der Hybrid gemacht. {0}',
  'Export the hybrid anew, for this model.': 'Exportieren Sie den Hybrid neu, für dieses Modell.',
  'this mBART begins what it writes with token {0}; expected that of a language, as mBART-25 has it, or the end of sentence, as mBART-50 has it':
    'Dieses mBART beginnt seine Ausgabe mit dem Token {0}; erwartet wurde das einer Sprache wie bei mBART-25 oder das Satzende wie bei mBART-50',
  'this mBART-25 was tuned to write "{0}"; expected one that writes "{1}"':
    'Dieses mBART-25 wurde darauf trainiert, „{0}“ zu schreiben; erwartet wurde eines, das „{1}“ schreibt',
  'version {0} is installed already': 'Version {0} ist schon installiert',
  'version {0} is older than {1}, which is installed': 'Version {0} ist älter als {1}, das installiert ist',
  'weights in a form that can run code when they are read': 'Gewichte in einer Form, die beim Lesen Code ausführen kann',
  'would unpack from {0} to {1} bytes, which no weights do. {2}':
    'Die Datei würde beim Entpacken von {0} auf {1} Bytes wachsen, was Gewichte nie tun. {2}',
  '{0} bytes, expected at most {1}. {2}': 'Die Datei hat {0} Bytes, erlaubt sind höchstens {1}. {2}',
  '{0} bytes; expected {1}. {2}': 'Die Datei hat {0} Bytes; erwartet wurden {1}. {2}',
  '{0} have more than {1} dimensions. {2}': '{0}: mehr als {1} Dimensionen. {2}',
  '{0} have the shape {1}, which no model has. {2}': '{0}: Form {1}, die kein Modell hat. {2}',
  '{0} have the unknown type {1}. {2}': '{0}: unbekannter Typ {1}. {2}',
  '{0} have {1} bytes in {2}; their shape says {3}. {4}': '{0}: {1} Bytes in {2}; nach der Form müssten es {3} sein. {4}',
  '{0} have {1} bytes; their shape says {2}. {3}': '{0}: {1} Bytes; nach der Form müssten es {2} sein. {3}',
  '{0} have {1} numbers; their shape says {2}. {3}': '{0}: {1} Zahlen; nach der Form müssten es {2} sein. {3}',
  '{0} hold values that are not numbers (NaN). {1}': '{0}: enthält Werte, die keine Zahlen sind (NaN). {1}',
  '{0} is a {1} model that does not say which languages it translates. Say them.':
    '{0} ist ein Modell der Art {1}, das nicht angibt, welche Sprachen es übersetzt. Nennen Sie sie.',
  '{0} lie beyond the end of {1}, which has {2} bytes. {3}': '{0}: liegt hinter dem Ende von {1}, das {2} Bytes hat. {3}',
  '{0} lie in "{1}": {2}. {3}': '{0}: liegt in „{1}“. {2}. {3}',
  '{0} lie in {1}, which the pack does not have. {2}': '{0}: liegt in {1}, das im Paket fehlt. {2}',
  '{0}. Choose another model.': '{0}. Wählen Sie ein anderes Modell.',
  '{0}. Get the model again, or export it anew.': '{0}. Besorgen Sie das Modell erneut, oder exportieren Sie es neu.',
  '{0}. Get the model with it, as Transformers.js has it, or let its fast tokenizer write one.':
    '{0}. Besorgen Sie das Modell mit dieser Datei, wie Transformers.js es anbietet, oder lassen Sie den schnellen Tokenizer eine schreiben.',
  '{0}. Rename it.': '{0}. Benennen Sie die Datei um.',
  '{0}. {1}': '{0}. {1}',
  '{0}: not a regular file; expected a file of {1} bytes.': '{0}: keine gewöhnliche Datei; erwartet wurde eine mit {1} Bytes.',
  '{0}: not listed in {1}; expected no other files. Remove it.':
    '{0}: steht nicht in {1}; andere Dateien wurden nicht erwartet. Entfernen Sie die Datei.',
  '{0}: not valid JSON ({1}).': '{0}: kein gültiges JSON ({1}).',
  '{0}: sha256 {1}; expected {2}. Get the pack again.': '{0}: Prüfsumme (SHA-256) {1}; erwartet wurde {2}. Besorgen Sie das Paket erneut.',
  '{0}: {1} bytes; expected a manifest of a few kilobytes.': '{0}: {1} Bytes; erwartet wurde ein Manifest von wenigen Kilobyte.',
  '{0}: {1} bytes; expected {2}. Get the pack again.': '{0}: {1} Bytes; erwartet wurden {2}. Besorgen Sie das Paket erneut.',
  '{0}: {1}; expected sha256 {2}.': '{0}: {1}; erwartet wurde die Prüfsumme (SHA-256) {2}.',
  "{0}: {1}; expected the pack's manifest.": '{0}: {1}; erwartet wurde das Manifest des Pakets.',
  '{0}: {1}; expected {2} bytes. Get the pack again.': '{0}: {1}; erwartet wurden {2} Bytes. Besorgen Sie das Paket erneut.',
  '{0}; expected a pack as a folder or a zip. Choose another.':
    '{0}; erwartet wurde ein Paket als Ordner oder Zip-Datei. Wählen Sie etwas anderes.',
  'nothing can be installed in {0} ({1}). Choose another folder for packs, or let this one be written to.':
    'In {0} lässt sich nichts installieren ({1}). Wählen Sie einen anderen Paketordner, oder erlauben Sie, in diesen zu schreiben.',
  'cannot be removed ({0}). Close what uses it, and remove it again.':
    'Das Paket kann nicht entfernt werden ({0}). Schließen Sie, was es benutzt, und entfernen Sie es erneut.',
  'its id “{0}” is that of “{1}”, which is installed already': 'Seine Kennung „{0}“ ist die von „{1}“, das schon installiert ist',
};
