import type { Writing } from "../form/writing.ts";
import { both, type Reading } from "./reading.ts";
import type { Stamp } from "./stamp.ts";

type Judged = Pick<Reading, "faults" | "notices">;

/** Whether a file belongs to this application, its guide and its category; a fault says what it was made for. */
export const judgeStamp = ({ facts }: Writing, stamp: Stamp | null, kind: "workbook" | "word"): Judged => {
  const { policy } = facts.call;
  const fault = (zh: string, en: string): Judged => ({
    faults: [{ place: both("整个文件", "the whole file"), field: null, text: both(zh, en) }],
    notices: [],
  });
  if (stamp === null)
    return kind === "workbook"
      ? fault(
          "这不是从这一页下载的工作簿，或其中隐藏的“zhinan”工作表被删去了。请重新下载工作簿，把内容粘贴过去再上传。",
          "This workbook was not downloaded from this page, or its hidden sheet “zhinan” was removed. Download it anew, paste what you wrote and upload that.",
        )
      : {
          faults: [],
          notices: [
            both(
              "文件里没有下载时的记号，分不出下载之后草稿改过哪些。请逐项核对；空着的标题不会清空已有的内容。",
              "The file carries no mark of its download, so it cannot be told what was changed on the platform meanwhile. Look at each change; an empty heading empties nothing.",
            ),
          ],
        };
  if (stamp.pack !== policy.id)
    return fault(
      "这个文件是为另一份指南的申报下载的。请在这一页重新下载，再填写和上传。",
      "This file was downloaded for an application under another guide. Download it anew from this page.",
    );
  if (stamp.application !== facts.id)
    return fault(
      "这个文件是为另一项申报下载的。请打开那一项申报上传；要用在这里的，请重新下载后粘贴内容。",
      "This file was downloaded for another application. Upload it there; to use it here, download it anew and paste what you wrote.",
    );
  const { categories } = policy.programme;
  const titleOf = (code: string | null) => {
    const title = categories.find((one) => one.code === code)?.title;
    return both(title?.zh ?? "未选定", title?.en ?? "none");
  };
  if (facts.content.category !== null && stamp.category !== facts.content.category) {
    const [old, now] = [titleOf(stamp.category), titleOf(facts.content.category)];
    return fault(
      `这个文件按“${old.zh}”类别生成，草稿现在是“${now.zh}”，要填写的内容不同。请重新下载，再把内容粘贴过去。`,
      `This file was made for the category “${old.en}”; the draft is now “${now.en}”, which asks for other things. Download it anew and paste what you wrote.`,
    );
  }
  return {
    faults: [],
    notices:
      stamp.packHash === policy.hash
        ? []
        : [
            both(
              "下载之后，平台上的这份指南更正过。读取时按现在的题目对照，请核对下面的改动；建议重新下载后再继续填写。",
              "The guide on the platform was corrected after the download. The file was read by today's questions: look at the changes below, and download it anew before you go on.",
            ),
          ],
  };
};
