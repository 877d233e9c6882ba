/** A line of a program, told from a line of text by its shape. Pure; where the two cannot be told apart it is text. */

const NAME = String.raw`[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*|\[[^\]]*\])*`;
const ARGUMENTS = String.raw`\((?:[^()]|\([^()]*\))*\)`;
const END = String.raw`\s*[;,]?$`;
/** To the end of the line: what stands behind an assignment, and is no clause of a sentence. */
const EXPRESSION =
  String.raw`(?:-?\d[\w.]*${END}|[[{(].*[\])}]${END}|[[{(]$|["'\x60][^"'\x60]*["'\x60](?:${END}|\s*[+&.].*[\w)"'\x60]${END})|` +
  String.raw`(?:new|await|lambda|function|async)\s.*[);:}\]{]$|(?:true|false|null|None|True|False|undefined)${END}|` +
  String.raw`${NAME}(?:${ARGUMENTS}(?:${END}|\s*[-+*/&.%?].*[\w)"']${END})|\s[-+*/%]\s[\w.]+${END}|;$|\.\w+${END}))`;
const DECLARED = String.raw`(?:(?:export|default|public|private|protected|static|final|abstract|async|override|readonly|pub|unsafe)\s+)*`;
const COMMANDS =
  'npm|npx|yarn|pnpm|pip3?|python3?|node|git|cd|ls|sudo|apt|apt-get|brew|docker|curl|wget|make|cmake|cargo|go|cat|echo|export|mkdir|rm|cp|mv|ssh|tar|chmod';

const STATEMENT = new RegExp(
  [
    // A block opens: while (true) {, } else {, body {
    String.raw`(?:[)>"'=\]]\s*|^\}?\s*(?:else|try|finally|do|unsafe)\s+|^${DECLARED}(?:class|interface|struct|enum|trait|impl|union|namespace|module)\s.*|^[.#]?[\w-]+\s*)\{$`,
    // A directive, a prompt.
    String.raw`^#(?:include\s*[<"]|(?:define|ifdef|ifndef|pragma|undef)\s+\w|endif\b|!\/)`,
    String.raw`^(?:>>>\s\S|\$\s(?:${COMMANDS})\s)`,
    // An assignment: const total = sum(rows);
    String.raw`^(?:${DECLARED}(?:const|let|var|val|auto|int|float|double|bool|char|long|string|String)\s+)?[*&]?${NAME}(?::\s*[\w<>[\], |]+?)?\s*(?:[-+*/%|&^]|<<|>>|:)?=\s*${EXPRESSION}`,
    // A call that is the whole line: print("done")
    String.raw`^(?:(?:await|return|throw|raise|yield|new)\s+)*${NAME}(?:\(\)|\((?:[^()]|\([^()]*\))*["'=_.[({](?:[^()]|\([^()]*\))*\)|\([^()]*,[^()]*\);)[;,]?$`,
    String.raw`^(?:await\s+)?\w+(?:(?:\.|->|::)\w+)+\(\w*\)[;,]?$`,
    // Not a plural in a list: item(s);
    String.raw`^\w+\((?!(?:e?s|en?|n)\))\w+\);$`,
    // Functions, classes, imports.
    String.raw`^${DECLARED}(?:def|function|func|fn)\s+\w+(?:<[^>]*>)?\(.*\).*$`,
    String.raw`^class\s+[A-Z]\w*(?:\([\w., ]*\))?:$`,
    String.raw`^(?:import|export)\s.*\bfrom\s+["'].*["'];?$`,
    String.raw`^import\s+["'].*["'];?$`,
    String.raw`^from\s+[\w.]+\s+import\s+[\w.*, ()]+$`,
    String.raw`^(?:import|using|package|use|namespace)\s+[\w.:*]+;$`,
    String.raw`^import\s+\w+(?:\.\w+)*\s+as\s+\w+$`,
    // What goes on while something holds, as Python says it.
    String.raw`^(?:if|elif|while)\s.*(?:==|!=|<=|>=|\w\().*:$`,
    String.raw`^for\s+\w+(?:,\s*\w+)*\s+in\s+${NAME}(?:\(.*\))?:$`,
    String.raw`^(?:else|try|finally|except(?:\s+[\w.]+(?:\s+as\s+\w+)?)?):$`,
    String.raw`^(?:return|throw|break|continue|yield|delete)(?:\s+[\w$.!-]+)?;$`,
  ]
    .map((pattern) => `(?:${pattern})`)
    .join('|'),
);
/** What is longer is no statement that anybody writes by hand; bounds the pattern's work, in UTF-16 code units. */
const LONGEST = 300;
const COMMENT = /\s+(?:\/\/|#)\s.*$/;

/** Of one line, with the spaces around it and a comment behind it or without. */
export function isStatement(line: string): boolean {
  if (line.length > LONGEST) return false;
  const code = line.trim();
  return STATEMENT.test(code) || STATEMENT.test(code.replace(COMMENT, ''));
}
