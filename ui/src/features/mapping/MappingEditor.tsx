import { Stack } from "@mantine/core";
import { useState } from "react";
import type { Fields, Mapping, MappingView, Rule } from "../../generated/api";
import { BackTest } from "./BackTest";
import { Blockers } from "./Blockers";
import { ruleFor, withLoss, withSource, withTransforms } from "./draft";
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
import { useCompatibility } from "./useCompatibility";
import { useDraft } from "./useDraft";
import { usePreview } from "./usePreview";
import { useSample } from "./useSample";
import { useSave } from "./useSave";
import { useSuggestions } from "./useSuggestions";

interface MappingEditorProps {
  /** Which mapping it is. */
  which?: Mapping;
  fields: Fields;
  mapping: MappingView;
  /** Where the addresses of the page begin that it is a part of. */
  page: string;
  /** Reads the saved mapping again after a conflict. */
  onReload: () => void;
}

/** The mapping being edited: samples above, one row per person field, *Save* below. */
export function MappingEditor({ which = "people", fields, mapping, page, onReload }: MappingEditorProps) {
  const draft = useDraft(mapping, which);
  const compatibilityOf = useCompatibility(draft.rules);
  const save = useSave({ which, fields, draft, compatibilityOf, onReload });
  const sample = useSample(which);
  const preview = usePreview(draft.rules, sample);
  const suggestions = useSuggestions(which, draft);
  const [shaping, setShaping] = useState<string | null>(null);
  const edit = (change: (rules: Rule[]) => Rule[]) => draft.edit(change(draft.rules));
  const shaped = fields.target.find(({ id }) => id === shaping);
  return (
    <Stack gap="lg">
      <FieldsAge fields={fields} />
      {draft.overtaken && <OvertakenNotice version={mapping.version} draft={draft} />}
      {draft.restoredAt !== null && <RestoredNotice at={draft.restoredAt} draft={draft} />}
      <SampleBar sample={sample} error={preview.error} />
      <MappingToolbar which={which} mapping={mapping} draft={draft} />
      <SuggestionBar suggestions={suggestions} />
      <MappingTable
        fields={fields}
        rules={draft.rules}
        drift={mapping.drift}
        preview={preview}
        suggestions={suggestions}
        compatibilityOf={compatibilityOf}
        onSource={(target, source) => edit((rules) => withSource(rules, target, source))}
        onLoss={(target, accepted) => edit((rules) => withLoss(rules, target, accepted))}
        onShape={setShaping}
      />
      <UnknownRules
        rules={draft.rules}
        fields={fields.target}
        onRemove={(target) => edit((rules) => withSource(rules, target, null))}
      />
      <Blockers sentences={preview.blockers} />
      <BackTest which={which} rules={draft.rules} />
      <SaveBar mapping={mapping} draft={draft} save={save} />
      <LeaveQuestion draft={draft} save={save} page={page} />
      <TransformsDrawer
        target={shaped}
        rule={shaping === null ? undefined : ruleFor(draft.rules, shaping)}
        sample={shaping === null ? undefined : preview.sampleOf(shaping)}
        onChange={(transforms) => shaping !== null && edit((rules) => withTransforms(rules, shaping, transforms))}
        onClose={() => setShaping(null)}
      />
    </Stack>
  );
}
