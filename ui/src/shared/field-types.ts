import {
  IconAt,
  IconCalendar,
  IconCalendarTime,
  IconHash,
  IconLetterT,
  IconList,
  IconPhone,
  IconSelector,
  IconToggleLeft,
  IconUser,
  IconWorld,
  type Icon,
} from "@tabler/icons-react";
import type { FieldType } from "../generated/api";

/** Each type of a field in words, with its icon. */
export const fieldTypes: Record<FieldType, { word: string; icon: Icon }> = {
  text: { word: "Text", icon: IconLetterT },
  email: { word: "E-mail", icon: IconAt },
  phone: { word: "Phone", icon: IconPhone },
  number: { word: "Number", icon: IconHash },
  date: { word: "Date", icon: IconCalendar },
  instant: { word: "Date and time", icon: IconCalendarTime },
  flag: { word: "Yes or no", icon: IconToggleLeft },
  list: { word: "List", icon: IconList },
  time_zone: { word: "Time zone", icon: IconWorld },
  choice: { word: "Choice", icon: IconSelector },
  person: { word: "Colleague", icon: IconUser },
};
