import { Stack, Text } from "@mantine/core";
import type { Fields, MappingView, OfferRow } from "../../generated/api";
import { Blockers } from "./Blockers";
import { withSource } from "./draft";
import { FieldsAge } from "./FieldsAge";
import { LeaveQuestion } from "./LeaveQuestion";
import { MappingToolbar } from "./MappingToolbar";
import { withStandard } from "./offer-rules";
import { OfferSampleBar } from "./OfferSampleBar";
import { OfferTable } from "./OfferTable";
import { OvertakenNotice } from "./OvertakenNotice";
import { RestoredNotice } from "./RestoredNotice";
import { SaveBar } from "./SaveBar";
import { TransformsDrawer } from "./TransformsDrawer";
import { UnknownRules } from "./UnknownRules";
import { useEditing } from "./useEditing";

interface OfferEditorProps {
  fields: Fields;
  mapping: MappingView;
  /** The rows with their standard rules. */
  rows: OfferRow[];
  /** Where the addresses of the page begin that it is a part of. */
  page: string;
  /** Reads the saved mapping again after a conflict. */
  onReload: () => void;
}

const which = "offers";

/** The mapping of offers being edited: a sample above, one row for each field of a letter, *Save* once something differs. */
export function OfferEditor({ fields, mapping, rows, page, onReload }: OfferEditorProps) {
  const { draft, save, sample, preview, edit, table, drawer } = useEditing({ which, fields, mapping, onReload });
  return (
    <Stack gap="lg">
      <FieldsAge fields={fields} />
      {draft.overtaken && <OvertakenNotice version={mapping.version} draft={draft} />}
      {draft.restoredAt !== null && <RestoredNotice at={draft.restoredAt} draft={draft} />}
      {mapping.version === 0 && !draft.edited && (
        <Text size="sm">Every row is filled by its standard rule. Nothing has to be saved until you override one.</Text>
      )}
      <OfferSampleBar sample={sample} error={preview.error} />
      <MappingToolbar which={which} mapping={mapping} draft={draft} />
      <OfferTable {...table} rows={rows} onStandard={(row) => edit((rules) => withStandard(rules, row))} />
      <UnknownRules
        rules={draft.rules}
        fields={fields.target}
        onRemove={(target) => edit((rules) => withSource(rules, target, null))}
      />
      <Blockers sentences={preview.blockers} />
      {(draft.edited || mapping.version > 0) && <SaveBar mapping={mapping} draft={draft} save={save} />}
      <LeaveQuestion draft={draft} save={save} page={page} />
      <TransformsDrawer which={which} {...drawer} />
    </Stack>
  );
}
