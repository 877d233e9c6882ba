/** Why a pack is refused or does not work. */
export const packs = {
  'it is the packs’ folder, or in it. Choose a folder elsewhere.':
    'c’est le dossier des packs, ou il s’y trouve. Choisissez un dossier ailleurs.',
  'it holds other files. Choose an empty folder.': 'il contient d’autres fichiers. Choisissez un dossier vide.',
  'packs were added or removed meanwhile. Move them again.': 'des packs ont été ajoutés ou supprimés entre-temps. Déplacez-les à nouveau.',
  'the packs cannot be moved there ({0}).': 'les packs ne peuvent pas y être déplacés ({0}).',
  'it is neither a file nor a folder, and cannot be moved. Remove it.':
    'ce n’est ni un fichier ni un dossier et ne peut pas être déplacé. Supprimez-le.',
  'the packs need {0} MB, but its disk has {1} MB left. Make room, or choose another.':
    'les packs ont besoin de {0} Mo, mais il reste {1} Mo sur le disque. Libérez de la place, ou choisissez un autre dossier.',
  'the copy is not what was copied. The disk may be failing.':
    'la copie ne correspond pas à ce qui a été copié. Le disque est peut-être défaillant.',
  'it cannot be read ({0}). Choose another folder.': 'lecture impossible ({0}). Choisissez un autre dossier.',
  '(no name)': '(sans nom)',
  'Another pack is being imported. Wait until it is done, or cancel it.':
    'Un autre pack est en cours d’importation. Attendez la fin, ou annulez.',
  'Do not trust this pack.': 'Ne faites pas confiance à ce pack.',
  'Get the pack again from where it came from.': 'Procurez-vous à nouveau le pack à sa source.',
  'It came with the app, which needs nothing else.': 'Il est livré avec l’application, qui n’a besoin de rien d’autre.',
  'Its self-test did not end within {0} minutes.': 'Son autotest ne s’est pas terminé en {0} minutes.',
  'No import asks for languages. Import the model again.': 'Aucune importation ne demande de langues. Importez à nouveau le modèle.',
  'Only packs that were imported can be removed here.': 'Seuls les packs importés peuvent être supprimés ici.',
  'That pack is not there any more. Look for packs again.': 'Ce pack n’est plus là. Relancez la recherche de packs.',
  'The engine ended while it ran the pack (exit code {0}). The graphs may need more memory, or another runtime.':
    'Le moteur s’est arrêté en exécutant le pack (code de sortie {0}). Les graphes ont peut-être besoin de plus de mémoire, ou d’un autre environnement d’exécution.',
  'To go back to {0}, remove {1} first.': 'Pour revenir à {0}, supprimez d’abord {1}.',
  'To install it anew, remove it first.': 'Pour le réinstaller, supprimez-le d’abord.',
  'a constant': 'constante',
  'a graph has its weights there, but it is not part of the pack. {0}':
    'un graphe y a ses poids, mais le fichier ne fait pas partie du pack. {0}',
  'a model of the kind "{0}"; expected one of {1}. Choose another model.':
    'modèle du genre « {0} » ; attendu : {1}. Choisissez un autre modèle.',
  'a pack with {0}, or a model with config.json and ONNX graphs': 'un pack avec {0}, ou un modèle avec config.json et des graphes ONNX',
  'a program library': 'une bibliothèque de programme',
  'cannot be copied ({0}). {1}': 'copie impossible ({0}). {1}',
  'cannot be read ({0}). {1}': 'lecture impossible ({0}). {1}',
  'cut off. {0}': 'fichier tronqué. {0}',
  'does not translate {0} → {1}; it knows {2}. Say others.': 'ne traduit pas {0} → {1} ; langues connues : {2}. Indiquez-en d’autres.',
  'does not work here. {0}': 'ne fonctionne pas ici. {0}',
  'got a link, expected a file. Put the file itself there.': 'c’est un lien, un fichier était attendu. Placez-y le fichier lui-même.',
  'got a link, expected a file. {0}': 'c’est un lien, un fichier était attendu. {0}',
  'got a path of {0} characters, expected at most {1}': 'le chemin a {0} caractères, {1} au plus sont admis',
  'got a path of {0} parts, expected at most {1}': 'le chemin a {0} parties, {1} au plus sont admises',
  'got a path that leads out of the pack': 'le chemin mène hors du pack',
  'got a path with "{0}", which is a device on Windows': 'le chemin contient « {0} », un périphérique sous Windows',
  'got a path with a part that ends in a dot or a space': 'une partie du chemin se termine par un point ou une espace',
  'got a path with an empty part': 'une partie du chemin est vide',
  'got a path with characters that not every system can store':
    'le chemin contient des caractères que certains systèmes ne peuvent pas enregistrer',
  'got a program, expected models and text only. {0}': 'c’est un programme ; seuls des modèles et du texte étaient attendus. {0}',
  'got an absolute path, expected one inside the pack': 'le chemin est absolu, un chemin dans le pack était attendu',
  'got an archive in the pack, expected its files. Unpack it first.':
    'c’est une archive dans le pack, ses fichiers étaient attendus. Décompressez-la d’abord.',
  'got an empty path': 'le chemin est vide',
  'got bytes that are no text, expected UTF-8. {0}': 'le contenu n’est pas du texte, de l’UTF-8 était attendu. {0}',
  "got more than {0} files, expected a model's few. Choose the pack's own folder.":
    'plus de {0} fichiers, un modèle n’en a que quelques-uns. Choisissez le dossier du pack lui-même.',
  'got something that is not a file. {0}': 'ce n’est pas un fichier. {0}',
  'got two files of this name, expected one: which counts cannot be known. {0}':
    'deux fichiers portent ce nom ; rien ne dit lequel compte. {0}',
  'got {0}, expected ONNX graphs. {1}': 'c’est {0} ; des graphes ONNX étaient attendus. {1}',
  'holds code for training, which this app never runs. {0}': 'contient du code d’entraînement, que cette application n’exécute jamais. {0}',
  'holds graphs in graphs {0} deep, expected at most {1}. {2}': 'graphes imbriqués sur {0} niveaux, {1} au plus sont admis. {2}',
  'holds more than the {0} bytes that it says. {1}': 'contient plus que les {0} octets annoncés. {1}',
  'holds no onnx/encoder_model.onnx with decoder_model_merged.onnx, or decoder_model.onnx and decoder_with_past_model.onnx. Export it: optimum-cli export onnx --task text2text-generation-with-past --model FOLDER OUT':
    'il manque onnx/encoder_model.onnx avec decoder_model_merged.onnx, ou avec decoder_model.onnx et decoder_with_past_model.onnx. Exportez le modèle : optimum-cli export onnx --task text2text-generation-with-past --model FOLDER OUT',
  'holds no {0}; expected {1}. Choose the folder or zip that has it.':
    'ne contient pas {0} ; attendu : {1}. Choisissez le dossier ou le zip qui le contient.',
  'holds the operator {0}, which loads code or files; expected plain computation. {1}':
    'contient l’opérateur {0}, qui charge du code ou des fichiers ; du simple calcul était attendu. {1}',
  'its tokenizer has no tokens for languages; expected those of its family':
    'son tokenizer n’a pas de jetons pour les langues ; ceux de sa famille étaient attendus',
  'lies over other files of the zip. {0}': 'recouvre d’autres fichiers du zip. {0}',
  'listed twice in {0}, expected once. {1}': 'figure deux fois dans {0} au lieu d’une. {1}',
  'locked with a password, expected an open zip. Unpack it, and import the folder.':
    'zip protégé par un mot de passe. Décompressez-le et importez le dossier.',
  missing: 'absent',
  'missing; a SentencePiece model alone is not read': 'absent ; un modèle SentencePiece seul n’est pas lu',
  'missing; expected {0} bytes. {1}': 'absent ; {0} octets attendus. {1}',
  'names no eos_token_id or no decoder_start_token_id; expected both. Export the model anew.':
    'eos_token_id ou decoder_start_token_id manque ; les deux étaient attendus. Exportez à nouveau le modèle.',
  'needs the operator {0} of "{1}", which is not part of the runtime; expected ai.onnx and com.microsoft. {2}':
    'a besoin de l’opérateur {0} de « {1} », absent de l’environnement d’exécution ; ai.onnx et com.microsoft étaient attendus. {2}',
  'needs {0} MB, but the disk has {1} MB left. Make room, and import it again.':
    'a besoin de {0} Mo, mais il reste {1} Mo sur le disque. Libérez de la place et importez-le à nouveau.',
  'no graph of the pack refers to it; expected graphs, their weights, JSON and text. Remove it.':
    'aucun graphe du pack n’y renvoie ; des graphes, leurs poids, du JSON et du texte étaient attendus. Supprimez-le.',
  'not a file or folder; expected a pack as a folder or a zip. Choose another.':
    'ni fichier ni dossier ; un pack sous forme de dossier ou de zip était attendu. Choisissez autre chose.',
  'not a zip; expected a pack as a folder or a zip. Choose another.':
    'ce n’est pas un zip ; un pack sous forme de dossier ou de zip était attendu. Choisissez autre chose.',
  'not an ONNX graph ({0}). {1}': 'ce n’est pas un graphe ONNX ({0}). {1}',
  'not listed in {0}; expected no other files. Remove it.': 'ne figure pas dans {0} ; aucun autre fichier n’était attendu. Supprimez-le.',
  'not readable (no permission)': 'illisible (accès refusé)',
  'not readable ({0})': 'illisible ({0})',
  'not valid JSON ({0}). {1}': 'ce n’est pas du JSON valide ({0}). {1}',
  others: 'd’autres',
  pack: 'pack',
  'packed with method {0}, expected deflate. Unpack the zip, and import the folder.':
    'compressé avec la méthode {0} au lieu de deflate. Décompressez le zip et importez le dossier.',
  'sha256 {0}; expected {1}. {2}': 'somme de contrôle (SHA-256) {0} ; {1} était attendue. {2}',
  'the weights "{0}"': 'poids « {0} »',
  'the zip is damaged ({0}). {1}': 'le zip est endommagé ({0}). {1}',
  'there is a folder of that name which is no pack. Rename it, and import the pack again.':
    'un dossier de ce nom existe et n’est pas un pack. Renommez-le et importez à nouveau le pack.',
  'made for an LLM of width {0}; config.json says {1}': 'l’hybride est fait pour un LLM de largeur {0} ; config.json indique {1}',
  'the SLM’s first and last token are {0}; the LLM’s are {1}': 'le premier et le dernier jeton du SLM sont {0} ; ceux du LLM sont {1}',
  'the SLM’s first and last token are {0}; it has {1}': 'le premier et le dernier jeton du SLM sont {0} ; il en a {1}',
  'the SLM knows {0} tokens; tokenizer.json has {1}': 'le SLM connaît {0} jetons ; tokenizer.json en a {1}',
  'missing; the hybrid was made with it. {0}': 'fichier absent ; l’hybride a été fait avec lui. {0}',
  'missing, or without its decoder; the hybrid was made with this encoder. {0}':
    'fichier absent, ou sans son décodeur ; l’hybride a été fait avec cet encodeur. {0}',
  'Export the hybrid anew, for this model.': 'Exportez à nouveau l’hybride, pour ce modèle.',
  'this mBART begins what it writes with token {0}; expected that of a language, as mBART-25 has it, or the end of sentence, as mBART-50 has it':
    'ce mBART commence ce qu’il écrit par le jeton {0} ; celui d’une langue, comme dans mBART-25, ou la fin de phrase, comme dans mBART-50, était attendu',
  'this mBART-25 was tuned to write "{0}"; expected one that writes "{1}"':
    'ce mBART-25 a été entraîné à écrire « {0} » ; un modèle qui écrit « {1} » était attendu',
  'version {0} is installed already': 'la version {0} est déjà installée',
  'version {0} is older than {1}, which is installed': 'la version {0} est plus ancienne que {1}, qui est installée',
  'weights in a form that can run code when they are read': 'des poids sous une forme qui peut exécuter du code à la lecture',
  'would unpack from {0} to {1} bytes, which no weights do. {2}':
    'passerait de {0} à {1} octets une fois décompressé, ce qu’aucun poids ne fait. {2}',
  '{0} bytes, expected at most {1}. {2}': '{0} octets, {1} au plus sont admis. {2}',
  '{0} bytes; expected {1}. {2}': '{0} octets ; {1} attendus. {2}',
  '{0} have more than {1} dimensions. {2}': '{0} : plus de {1} dimensions. {2}',
  '{0} have the shape {1}, which no model has. {2}': '{0} : forme {1}, qu’aucun modèle n’a. {2}',
  '{0} have the unknown type {1}. {2}': '{0} : type inconnu {1}. {2}',
  '{0} have {1} bytes in {2}; their shape says {3}. {4}': '{0} : {1} octets dans {2} ; leur forme en indique {3}. {4}',
  '{0} have {1} bytes; their shape says {2}. {3}': '{0} : {1} octets ; leur forme en indique {2}. {3}',
  '{0} have {1} numbers; their shape says {2}. {3}': '{0} : {1} nombres ; leur forme en indique {2}. {3}',
  '{0} hold values that are not numbers (NaN). {1}': '{0} : contient des valeurs qui ne sont pas des nombres (NaN). {1}',
  '{0} is a {1} model that does not say which languages it translates. Say them.':
    '{0} est un modèle {1} qui n’indique pas quelles langues il traduit. Indiquez-les.',
  '{0} lie beyond the end of {1}, which has {2} bytes. {3}': '{0} : au-delà de la fin de {1}, qui a {2} octets. {3}',
  '{0} lie in "{1}": {2}. {3}': '{0} : dans « {1} ». {2}. {3}',
  '{0} lie in {1}, which the pack does not have. {2}': '{0} : dans {1}, que le pack n’a pas. {2}',
  '{0}. Choose another model.': '{0}. Choisissez un autre modèle.',
  '{0}. Get the model again, or export it anew.': '{0}. Procurez-vous à nouveau le modèle, ou exportez-le à nouveau.',
  '{0}. Get the model with it, as Transformers.js has it, or let its fast tokenizer write one.':
    '{0}. Procurez-vous le modèle avec ce fichier, comme le propose Transformers.js, ou faites-le écrire par son tokenizer rapide.',
  '{0}. Rename it.': '{0}. Renommez-le.',
  '{0}. {1}': '{0}. {1}',
  '{0}: not a regular file; expected a file of {1} bytes.': '{0} : pas un fichier ordinaire ; un fichier de {1} octets était attendu.',
  '{0}: not listed in {1}; expected no other files. Remove it.':
    '{0} : ne figure pas dans {1} ; aucun autre fichier n’était attendu. Supprimez-le.',
  '{0}: not valid JSON ({1}).': '{0} : JSON non valide ({1}).',
  '{0}: sha256 {1}; expected {2}. Get the pack again.':
    '{0} : somme de contrôle (SHA-256) {1} ; {2} était attendue. Procurez-vous à nouveau le pack.',
  '{0}: {1} bytes; expected a manifest of a few kilobytes.': '{0} : {1} octets ; un manifeste de quelques kilo-octets était attendu.',
  '{0}: {1} bytes; expected {2}. Get the pack again.': '{0} : {1} octets ; {2} attendus. Procurez-vous à nouveau le pack.',
  '{0}: {1}; expected sha256 {2}.': '{0} : {1} ; somme de contrôle (SHA-256) attendue : {2}.',
  "{0}: {1}; expected the pack's manifest.": '{0} : {1} ; le manifeste du pack était attendu.',
  '{0}: {1}; expected {2} bytes. Get the pack again.': '{0} : {1} ; {2} octets attendus. Procurez-vous à nouveau le pack.',
  '{0}; expected a pack as a folder or a zip. Choose another.':
    '{0} ; un pack sous forme de dossier ou de zip était attendu. Choisissez autre chose.',
  'nothing can be installed in {0} ({1}). Choose another folder for packs, or let this one be written to.':
    'rien ne peut être installé dans {0} ({1}). Choisissez un autre dossier de packs, ou autorisez l’écriture dans celui-ci.',
  'cannot be removed ({0}). Close what uses it, and remove it again.':
    'le pack ne peut pas être supprimé ({0}). Fermez ce qui l’utilise et supprimez-le à nouveau.',
  'its id “{0}” is that of “{1}”, which is installed already': 'son identifiant « {0} » est celui de « {1} », déjà installé',
};
