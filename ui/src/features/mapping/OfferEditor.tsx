import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Fields, MappingView, OfferRow, Rule } from "../../generated/api";
import { Blockers } from "./Blockers";
import { ruleFor, withLoss, withSource, withTransforms } from "./draft";
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
import { useCompatibility } from "./useCompatibility";
import { useDraft } from "./useDraft";
import { usePreview } from "./usePreview";
import { useSample } from "./useSample";
import { useSave } from "./useSave";

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
  const draft = useDraft(mapping, which);
  const compatibilityOf = useCompatibility(draft.rules, which);
  const save = useSave({ which, fields, draft, compatibilityOf, onReload });
  const sample = useSample(which);
  const preview = usePreview(draft.rules, sample);
  const [shaping, setShaping] = useState<string | null>(null);
  const edit = (change: (rules: Rule[]) => Rule[]) => draft.edit(change(draft.rules));
  const shaped = fields.target.find(({ id }) => id === shaping);
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
      <OfferTable
        fields={fields}
        rows={rows}
        rules={draft.rules}
        drift={mapping.drift}
        preview={preview}
        compatibilityOf={compatibilityOf}
        onSource={(target, source) => edit((rules) => withSource(rules, target, source))}
        onStandard={(row) => edit((rules) => withStandard(rules, row))}
        onLoss={(target, accepted) => edit((rules) => withLoss(rules, target, accepted))}
        onShape={setShaping}
      />
      <UnknownRules
        rules={draft.rules}
        fields={fields.target}
        onRemove={(target) => edit((rules) => withSource(rules, target, null))}
      />
      <Blockers sentences={preview.blockers} />
      {(draft.edited || mapping.version > 0) && <SaveBar mapping={mapping} draft={draft} save={save} />}
      <LeaveQuestion draft={draft} save={save} page={page} />
      <TransformsDrawer
        which={which}
        target={shaped}
        rule={shaping === null ? undefined : ruleFor(draft.rules, shaping)}
        sample={shaping === null ? undefined : preview.sampleOf(shaping)}
        onChange={(transforms) => shaping !== null && edit((rules) => withTransforms(rules, shaping, transforms))}
        onClose={() => setShaping(null)}
      />
    </Stack>
  );
}
