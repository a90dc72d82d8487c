import { Stack, TextInput } from "@mantine/core";
import type { Source, SourceField, TargetField } from "../../generated/api";
import { SeveralFields } from "./SeveralFields";
import classes from "./SourceFields.module.css";
import { TemplateField } from "./TemplateField";

interface SourceFieldsProps {
  target: TargetField;
  source: Source;
  fields: SourceField[];
  onChange: (source: Source) => void;
}

/** What there is to set about a source, under its dropdown. */
export function SourceFields({ target, source, fields, onChange }: SourceFieldsProps) {
  switch (source.kind) {
    case "lever":
      return <code className={classes.id}>{source.field}</code>;
    case "constant":
      return (
        <TextInput
          mt={8}
          aria-label={`Fixed value for ${target.label}`}
          placeholder="The same for everyone"
          value={source.value}
          onChange={(event) => onChange({ kind: "constant", value: event.currentTarget.value })}
        />
      );
    case "template":
      return (
        <Stack gap={4} mt={8}>
          <TemplateField target={target.label} text={source.text} fields={fields} onChange={(text) => onChange({ kind: "template", text })} />
        </Stack>
      );
    case "join":
      return (
        <Stack gap={4} mt={8}>
          <SeveralFields target={target.label} chosen={source.fields} fields={fields} onChange={(chosen) => onChange({ ...source, fields: chosen })} />
          <TextInput
            label="Between them"
            aria-label={`Between the Lever fields for ${target.label}`}
            value={source.separator}
            onChange={(event) => onChange({ ...source, separator: event.currentTarget.value })}
          />
        </Stack>
      );
    case "first_of":
    case "sum":
      return (
        <Stack gap={4} mt={8}>
          <SeveralFields target={target.label} chosen={source.fields} fields={fields} onChange={(chosen) => onChange({ ...source, fields: chosen })} />
        </Stack>
      );
  }
}
