import { Stack } from "@mantine/core";
import type { Fields, MappingView } from "../../generated/api";
import { BackTest } from "./BackTest";
import { Blockers } from "./Blockers";
import { withSource } from "./draft";
import { FieldsAge } from "./FieldsAge";
import { LeaveQuestion } from "./LeaveQuestion";
import { MappingTable } from "./MappingTable";
import { MappingToolbar } from "./MappingToolbar";
import { OvertakenNotice } from "./OvertakenNotice";
import { RestoredNotice } from "./RestoredNotice";
import { SampleBar } from "./SampleBar";
import { SaveBar } from "./SaveBar";
import { SuggestionBar } from "./SuggestionBar";
import { TransformsDrawer } from "./TransformsDrawer";
import { UnknownRules } from "./UnknownRules";
import { useEditing } from "./useEditing";
import { useSuggestions } from "./useSuggestions";

interface MappingEditorProps {
  fields: Fields;
  mapping: MappingView;
  /** Where the addresses of the page begin that it is a part of. */
  page: string;
  /** Reads the saved mapping again after a conflict. */
  onReload: () => void;
}

const which = "people";

/** The mapping being edited: samples above, one row per person field, *Save* below. */
export function MappingEditor({ fields, mapping, page, onReload }: MappingEditorProps) {
  const { draft, save, sample, preview, edit, table, drawer } = useEditing({ which, fields, mapping, onReload });
  const suggestions = useSuggestions(which, draft);
  return (
    <Stack gap="lg">
      <FieldsAge fields={fields} />
      {draft.overtaken && <OvertakenNotice version={mapping.version} draft={draft} />}
      {draft.restoredAt !== null && <RestoredNotice at={draft.restoredAt} draft={draft} />}
      <SampleBar sample={sample} error={preview.error} />
      <MappingToolbar which={which} mapping={mapping} draft={draft} />
      <SuggestionBar suggestions={suggestions} />
      <MappingTable {...table} suggestions={suggestions} />
      <UnknownRules
        rules={draft.rules}
        fields={fields.target}
        onRemove={(target) => edit((rules) => withSource(rules, target, null))}
      />
      <Blockers sentences={preview.blockers} />
      <BackTest which={which} rules={draft.rules} />
      <SaveBar mapping={mapping} draft={draft} save={save} />
      <LeaveQuestion draft={draft} save={save} page={page} />
      <TransformsDrawer which={which} {...drawer} />
    </Stack>
  );
}
