import { Textarea } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import type { SourceField } from "../../generated/api";
import { FieldPicker } from "./FieldPicker";
import classes from "./SourceFields.module.css";
import { fieldLabel, pill, sourceFields } from "./sources";

interface TemplateFieldProps {
  /** The label of the person field, for a screen reader. */
  target: string;
  text: string;
  fields: SourceField[];
  onChange: (text: string) => void;
}

/** A text with Lever fields in it; *Insert field* puts one where the caret is and goes on there. */
export function TemplateField({ target, text, fields, onChange }: TemplateFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  // The caret can only go behind what was inserted once that is drawn.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);
  const insert = (field: string) => {
    const from = area.current?.selectionStart ?? text.length;
    const to = area.current?.selectionEnd ?? from;
    caret.current = from + pill(field).length;
    onChange(text.slice(0, from) + pill(field) + text.slice(to));
  };
  const used = [...new Set(sourceFields({ kind: "template", text }))];
  return (
    <>
      <Textarea
        ref={area}
        autosize
        minRows={1}
        aria-label={`Template for ${target}`}
        placeholder="Text and Lever fields"
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {used.length > 0 && (
        <ul className={classes.pills} aria-label={`Lever fields in the template for ${target}`}>
          {used.map((id) => (
            <li key={id} title={id}>
              {fieldLabel(id, fields)}
            </li>
          ))}
        </ul>
      )}
      <FieldPicker label={`Insert a Lever field for ${target}`} fields={fields} onPick={insert}>
        Insert field
      </FieldPicker>
    </>
  );
}
