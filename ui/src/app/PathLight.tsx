import { Tooltip } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { Link } from "wouter";
import { useCommand } from "../commands";
import type { ConnectionView } from "../generated/api";
import { connectionHref, connectionWords, integrationWords, wordsOf } from "../shared/connection-words";
import { wayWords } from "../shared/relay-words";
import { toneColor, toneIcon, type Tone } from "../shared/tones";
import { useAnnounceChange } from "../shared/useAnnounceChange";
import classes from "./PathLight.module.css";

/** At the foot of the navigation, on every page: whether events can arrive. Of two connections the one that needs a person most. */
export function PathLight({ narrow }: { narrow: boolean }) {
  const relay = useCommand("relay.show", {});
  const onboarding = useCommand("connections.show", { integration: "onboarding" }).data;
  const letters = useCommand("connections.show", { integration: "offer_letters" }).data;
  const worst = letters !== undefined && letters.severity > (onboarding?.severity ?? 0) ? letters : onboarding;
  useAnnounceChange(onboarding && stateSentence(onboarding));
  useAnnounceChange(letters && stateSentence(letters));
  useAnnounceChange(relay.data && `Relay: ${wayWords(relay.data).word}`);
  return (
    <div className={classes.light} role="group" aria-label="The way from Lever" data-testid="path-light">
      {worst && (
        <Light
          href={connectionHref[worst.integration]}
          name="Lever"
          sentence={`${integrationWords[worst.integration]}: ${worst.sentence}`}
          narrow={narrow}
          {...wordsOf(worst)}
        />
      )}
      {relay.data && (
        <Light href="/connection-doctor" name="Relay" narrow={narrow} {...wayWords(relay.data)} />
      )}
    </div>
  );
}

/** A state as a screen reader hears it. */
function stateSentence({ integration, state, client_secret_refused, sentence }: ConnectionView): string {
  const whose = integration === "onboarding" ? "Lever" : "Lever for offer letters";
  return `${whose}: ${client_secret_refused ? sentence : connectionWords[state].word}`;
}

interface LightProps {
  href: string;
  name: string;
  word: string;
  sentence: string;
  tone: Tone;
  icon?: Icon;
  narrow: boolean;
}

function Light({ href, name, word, sentence, tone, icon, narrow }: LightProps) {
  const Mark = icon ?? toneIcon[tone];
  return (
    <Tooltip label={narrow ? `${name}: ${word}` : sentence} position="right" multiline maw={320}>
      <Link href={href} className={classes.line} aria-label={`${name}: ${word}`}>
        <Mark size={18} color={toneColor[tone]} aria-hidden />
        {!narrow && (
          <span className={classes.words}>
            <span className={classes.name}>{name}</span>
            <span>{word}</span>
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
