import { useState } from "react";
import type { Fields, Mapping, MappingView, Rule, Source, Transform } from "../../generated/api";
import { ruleFor, withLoss, withSource, withTransforms } from "./draft";
import { useCompatibility } from "./useCompatibility";
import { useDraft } from "./useDraft";
import { usePreview } from "./usePreview";
import { useSample } from "./useSample";
import { useSave } from "./useSave";

interface Edited {
  which: Mapping;
  fields: Fields;
  mapping: MappingView;
  /** Reads the saved mapping again after a conflict. */
  onReload: () => void;
}

/** A mapping being edited: its draft, what the draft gives for the chosen sample, and saving it. */
export function useEditing({ which, fields, mapping, onReload }: Edited) {
  const draft = useDraft(mapping, which);
  const compatibilityOf = useCompatibility(draft.rules, which);
  const save = useSave({ which, fields, draft, compatibilityOf, onReload });
  const sample = useSample(which);
  const preview = usePreview(draft.rules, sample);
  const [shaping, setShaping] = useState<string | null>(null);
  const edit = (change: (rules: Rule[]) => Rule[]) => draft.edit(change(draft.rules));
  return {
    draft,
    save,
    sample,
    preview,
    /** Changes the rules of the draft in one step. */
    edit,
    /** What the table of rows needs, of either mapping. */
    table: {
      fields,
      rules: draft.rules,
      drift: mapping.drift,
      preview,
      compatibilityOf,
      onSource: (target: string, source: Source | null) => edit((rules) => withSource(rules, target, source)),
      onLoss: (target: string, accepted: boolean) => edit((rules) => withLoss(rules, target, accepted)),
      onShape: setShaping,
    },
    /** What the drawer of the row whose transforms are open needs. */
    drawer: {
      target: fields.target.find(({ id }) => id === shaping),
      rule: shaping === null ? undefined : ruleFor(draft.rules, shaping),
      sample: shaping === null ? undefined : preview.sampleOf(shaping),
      onChange: (transforms: Transform[]) => shaping !== null && edit((rules) => withTransforms(rules, shaping, transforms)),
      onClose: () => setShaping(null),
    },
  };
}
