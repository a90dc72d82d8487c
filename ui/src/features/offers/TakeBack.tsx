import { useAction } from "../../commands";
import type { LetterView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Confirm } from "../../shared/Confirm";
import { Problem } from "../../shared/Problem";
import { candidateOf } from "./letter-words";

/** Asks before a candidate's link stops. */
export function TakeBack({ letter, opened, onClose }: { letter: LetterView; opened: boolean; onClose: () => void }) {
  const announce = useAnnounce();
  const withdraw = useAction("letters.withdraw");
  const name = candidateOf(letter);
  const close = () => {
    withdraw.reset();
    onClose();
  };
  const done = () => {
    announce(`The letter of ${name} is taken back`);
    close();
  };
  return (
    <Confirm
      opened={opened}
      title={`Take back the letter of ${name}?`}
      verb="Take back"
      busy={withdraw.isPending}
      onClose={close}
      onConfirm={() => withdraw.mutate({ id: letter.id }, { onSuccess: done })}
    >
      Whoever opens the candidate’s link reads that the letter is no longer available. The offer in Lever stays as it is, and so
      do the note, the tag and the link there. You can publish the letter again.
      {withdraw.error && <Problem error={withdraw.error} />}
    </Confirm>
  );
}
