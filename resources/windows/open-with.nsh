; Offers Tandem under "Open with" and takes no file type over: electron-builder's own fileAssociations would make it the default.
!define OPEN_WITH "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"

!macro supportType EXTENSION
  WriteRegStr SHCTX "${OPEN_WITH}\SupportedTypes" "${EXTENSION}" ""
!macroend

!macro customInstall
  WriteRegStr SHCTX "${OPEN_WITH}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro supportType ".docx"
  !insertmacro supportType ".pptx"
  !insertmacro supportType ".xlsx"
  !insertmacro supportType ".odt"
  !insertmacro supportType ".odp"
  !insertmacro supportType ".ods"
  !insertmacro supportType ".epub"
  !insertmacro supportType ".pdf"
  !insertmacro supportType ".txt"
  !insertmacro supportType ".md"
  !insertmacro supportType ".html"
  !insertmacro supportType ".srt"
  !insertmacro supportType ".vtt"
  !insertmacro supportType ".po"
  !insertmacro supportType ".xlf"
  !insertmacro supportType ".xliff"
  !insertmacro supportType ".json"
  !insertmacro supportType ".yaml"
  !insertmacro supportType ".yml"
  !insertmacro supportType ".csv"
  !insertmacro supportType ".tsv"
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "${OPEN_WITH}"
!macroend
