import { Table } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { LetterLine } from "../../generated/api";
import { formatDay } from "../../shared/dates";
import { LeverMark } from "../../shared/LeverMark";
import { cell, LongRow, RowName } from "../../shared/LongTable";
import { Masked } from "../../shared/Masked";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { candidateOf, sourceWords, statusMark } from "./letter-words";
import classes from "./OffersTable.module.css";

interface OfferLineProps {
  letter: LetterLine;
  rowIndex: number;
  onOpen: () => void;
  onReturned?: () => void;
}

/** A letter in the list. */
export function OfferLine({ letter, rowIndex, onOpen, onReturned }: OfferLineProps) {
  const { job, start_date, pay, source, attention, updated_at, checked_at } = letter;
  const name = candidateOf(letter);
  return (
    <LongRow rowIndex={rowIndex} onOpen={onOpen} onReturned={onReturned} testId="offer-row">
      <Table.Td title={name}>
        <div className={classes.candidate}>
          {source === "lever" && <LeverMark size={16} label="From Lever" />}
          <RowName>{name}</RowName>
        </div>
        {attention !== null && (
          <div className={classes.attention} title={attention}>
            <IconAlertTriangle size={14} role="img" aria-label="Needs attention" />
            <span>{attention}</span>
          </div>
        )}
      </Table.Td>
      <Table.Td className={cell.cut} title={job}>
        <bdi>{job || "–"}</bdi>
      </Table.Td>
      <Table.Td className={cell.short}>{start_date === null ? "–" : formatDay(start_date)}</Table.Td>
      {/* To look at the pay is not to open the letter. */}
      <Table.Td onClick={(event) => event.stopPropagation()}>
        {pay === "" ? "–" : <Masked value={pay} label={`the pay of ${name}`} />}
      </Table.Td>
      <Table.Td>
        <StateMark {...statusMark(letter)} />
      </Table.Td>
      <Table.Td className={cell.wide}>{sourceWords[source]}</Table.Td>
      <Table.Td className={`${cell.short ?? ""} ${cell.wide ?? ""}`}>
        <Time at={updated_at} ageOnly />
      </Table.Td>
      <Table.Td className={cell.short}>
        <Time at={checked_at} ageOnly />
      </Table.Td>
    </LongRow>
  );
}
