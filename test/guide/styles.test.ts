import { describe, expect, test } from "vitest";
import { walk } from "../../src/core/guide/guide.ts";
import { parseGuide } from "../../src/core/guide/parse.ts";
import { ids, outline } from "./law.ts";

const read = (...lines: string[]): string[] => outline(parseGuide(lines.join("\n")));

describe("styles of numbering", () => {
  test("chapters, sections, articles and their items", () => {
    expect(
      read(
        "某市科技创新专项资金管理办法",
        "第一章　总　则",
        "第一条　为了规范资金管理，提高使用效益，制定本办法。",
        "第二条　资金的使用遵循下列原则：",
        "（一）公开公平；",
        "（二）突出重点，",
        "注重实效。",
        "前款所称的原则适用于全部项目。",
        "第二章　申报与评审",
        "第一节　申报",
        "第三条　申请人应当具备下列条件：",
        "（一）年满十八周岁；",
        "（二）具备下列能力之一：",
        "1.具有中级职称；",
        "2.具有博士学位：",
        "（1）国内取得；",
        "（2）国外取得，包括：",
        "①教育部门认证的；",
        "②经过公证的。",
        "第二节　评审",
        "第四条　评审采取会议方式。",
        "第四条之一　必要时采取通讯方式。",
      ),
    ).toEqual([
      "第一章 [总则]",
      "第一章/第一条 [] 为了规范资金管理，提高使用效益，制定本办法。",
      "第一章/第二条 [] 资金的使用遵循下列原则：",
      "第一章/第二条/（一） [] 公开公平；",
      "第一章/第二条/（二） [] 突出重点，注重实效。\n前款所称的原则适用于全部项目。",
      "第二章 [申报与评审]",
      "第二章/第一节 [申报]",
      "第二章/第一节/第三条 [] 申请人应当具备下列条件：",
      "第二章/第一节/第三条/（一） [] 年满十八周岁；",
      "第二章/第一节/第三条/（二） [] 具备下列能力之一：",
      "第二章/第一节/第三条/（二）/1 [] 具有中级职称；",
      "第二章/第一节/第三条/（二）/2 [] 具有博士学位：",
      "第二章/第一节/第三条/（二）/2/（1） [] 国内取得；",
      "第二章/第一节/第三条/（二）/2/（2） [] 国外取得，包括：",
      "第二章/第一节/第三条/（二）/2/（2）/① [] 教育部门认证的；",
      "第二章/第一节/第三条/（二）/2/（2）/② [] 经过公证的。",
      "第二章/第二节 [评审]",
      "第二章/第二节/第四条 [] 评审采取会议方式。",
      "第二章/第二节/第四条之一 [] 必要时采取通讯方式。",
    ]);
  });

  test("decimals below bare numbers, with amounts broken to line starts", () => {
    expect(
      read(
        "重点研发计划",
        "2025年度项目申报指南",
        "1 总体要求",
        "1.1 目标",
        "面向世界科技前沿，力争到2030年突破",
        "1.5倍增长，总经费",
        "5.2 亿元。",
        "1.2 任务",
        "1.2.1 基础研究",
        "研究内容：开展研究。",
        "1.2.2 应用研究",
        "研究内容：开展应用。",
        "2 申报条件",
        "2.1 申报单位应为独立法人。",
        "3 附则",
      ),
    ).toEqual([
      "1 [总体要求]",
      "1/1.1 [目标] 面向世界科技前沿，力争到2030年突破1.5倍增长，总经费5.2 亿元。",
      "1/1.2 [任务]",
      "1/1.2/1.2.1 [基础研究] 研究内容：开展研究。",
      "1/1.2/1.2.2 [应用研究] 研究内容：开展应用。",
      "2 [申报条件]",
      "2/2.1 [] 申报单位应为独立法人。",
      "3 [附则]",
    ]);
  });

  test("full-width digits and brackets, and 1． beside 1、", () => {
    expect(
      read(
        "指南",
        "一、方向",
        "（一）制造",
        "１．装备",
        "（１）感知",
        "①视觉",
        "②触觉",
        "（２）控制",
        "２．材料",
        "(二)健康",
        "1、药物",
        "2、器械",
      ),
    ).toEqual([
      "一 [方向]",
      "一/（一） [制造]",
      "一/（一）/１ [装备]",
      "一/（一）/１/（１） [感知]",
      "一/（一）/１/（１）/① [视觉]",
      "一/（一）/１/（１）/② [触觉]",
      "一/（一）/１/（２） [控制]",
      "一/（一）/２ [材料]",
      "一/(二) [健康]",
      "一/(二)/1 [药物]",
      "一/(二)/2 [器械]",
    ]);
  });

  test("letters, half brackets and roman numerals", () => {
    expect(
      ids(
        parseGuide(
          [
            "Call for Proposals",
            "1. Eligibility",
            "Applicants must:",
            "a) be a resident;",
            "b) hold a doctorate.",
            "2. Budget",
            "I. Direct costs",
            "Salaries.",
            "II. Indirect costs",
            "Overheads.",
            "3. Review",
            "1) by mail;",
            "2) by meeting.",
          ].join("\n"),
        ),
      ),
    ).toEqual(["1", "1/a)", "1/b)", "2", "2/I", "2/II", "3", "3/1)", "3/2)"]);
  });

  test("Chinese numerals without a mark", () => {
    expect(
      read(
        "项目指南",
        "一 总体要求",
        "贯彻部署。",
        "二 重点任务",
        "（一）基础研究",
        "加强研究。",
        "三 保障措施",
        "加强领导。",
      ),
    ).toEqual([
      "一 [总体要求] 贯彻部署。",
      "二 [重点任务]",
      "二/（一） [基础研究] 加强研究。",
      "三 [保障措施] 加强领导。",
    ]);
  });

  test("two markers on one line, and an item that begins with a year", () => {
    expect(
      read(
        "指南",
        "四、要求",
        "1.（1）甲应当注册。",
        "（2）乙应当纳税。",
        "2.2024年以后注册的除外。",
        "3.其他。",
      ),
    ).toEqual([
      "四 [要求]",
      "四/1 []",
      "四/1/（1） [] 甲应当注册。",
      "四/1/（2） [] 乙应当纳税。",
      "四/2 [] 2024年以后注册的除外。",
      "四/3 [] 其他。",
    ]);
  });
});

describe("numbers that start again", () => {
  test("an inner list is told from the outer one that goes on", () => {
    expect(
      ids(
        parseGuide(
          [
            "项目指南",
            "一、总则",
            "适用于全市。",
            "二、方向",
            "一、制造",
            "研究机床。",
            "二、健康",
            "研究药物。",
            "三、农业",
            "研究种业。",
            "三、额度",
            "每项30万元。",
            "四、要求",
            "按期申报。",
          ].join("\n"),
        ),
      ),
    ).toEqual(["一", "二", "二/一", "二/二", "二/三", "三", "四"]);
  });

  test("a second list in one article gets #2, and so does an article written twice", () => {
    expect(
      ids(
        parseGuide(
          [
            "扶持办法",
            "第一条 条件如下：",
            "1.注册地在本区；",
            "2.依法纳税。",
            "标准如下：",
            "1.最高50万元；",
            "2.最高30万元。",
            "第二条 本办法解释如下。",
            "第二条 本条重复。",
            "第三条 完。",
          ].join("\n"),
        ),
      ),
    ).toEqual(["第一条", "第一条/1", "第一条/2", "第一条/1#2", "第一条/2#2", "第二条", "第二条#2", "第三条"]);
  });

  test("numbers that run on over their parents stay below the parent above them", () => {
    expect(
      ids(
        parseGuide(
          [
            "指南",
            "（一）制造",
            "1.机床",
            "研究机床。",
            "2.轴承",
            "研究轴承。",
            "（二）健康",
            "3.药物",
            "研究药物。",
            "（三）农业",
            "4.种业",
            "研究种业。",
            "5.渔业",
            "研究渔业。",
          ].join("\n"),
        ),
      ),
    ).toEqual(["（一）", "（一）/1", "（一）/2", "（二）", "（二）/3", "（三）", "（三）/4", "（三）/5"]);
  });
});

describe("numbers that are no markers", () => {
  test("references broken to a line's start", () => {
    expect(
      read(
        "某市办法",
        "第一条 申请人违反本办法第",
        "三条、",
        "第四条规定，或者不符合",
        "第二章规定条件的，按照附件",
        "1所列程序处理；情节严重的，依照",
        "（一）项处理。",
        "（一）至（三）项所列材料应当齐全。",
        "第二条 获得",
        "一等奖、二等奖或者",
        "三、四等奖的，每项资助不超过",
        "3.5万元。",
      ),
    ).toEqual([
      "第一条 [] 申请人违反本办法第三条、第四条规定，或者不符合第二章规定条件的，按照附件1所列程序处理；情节严重的，依照（一）项处理。\n（一）至（三）项所列材料应当齐全。",
      "第二条 [] 获得一等奖、二等奖或者三、四等奖的，每项资助不超过3.5万元。",
    ]);
  });

  test("the next number of an open list in the middle of a sentence", () => {
    expect(
      read(
        "项目指南",
        "1.申报单位应当在本市注册，具有独立法人资格，近三年没有不良信用记录。",
        "2.申报单位提交的材料应当真实完整，符合本指南关于项目研究方向的分类见图",
        "3.研究周期一般不超过两年，由申报单位在申报书中说明理由后可以延长一年。",
        "3.项目负责人应当具有高级职称或者博士学位，年龄一般不超过六十周岁。",
        "4.其他。",
      ).map((line) => line.slice(0, 12)),
    ).toEqual(["1 [] 申报单位应当在", "2 [] 申报单位提交的", "3 [] 项目负责人应当", "4 [] 其他。"]);
  });
});

describe("pages", () => {
  const page = (...lines: string[]): string => lines.join("\n");
  const paragraph = "采取事前资助方式，单个项目资助额度最高不超过五十万元，其中自筹经费与财政经费";

  test.each([
    ["- 1 -", "- 2 -", "- 3 -"],
    ["— 1 —", "— 2 —", "— 3 —"],
    ["－1－", "－2－", "－3－"],
    ["第 1 页 共 3 页", "第 2 页 共 3 页", "第 3 页 共 3 页"],
    ["第1页", "第2页", "第3页"],
    ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"],
    ["\f", "\f", "\f"],
  ])("numbered %s with a running head", (...numbers) => {
    const guide = parseGuide(
      page(
        "某市科学技术局文件",
        "某市项目申报指南",
        "一、支持方式",
        paragraph,
        numbers[0],
        "某市科学技术局文件",
        "比例不低于一比一。",
        "二、要求",
        "1.申报单位应当在本市注册。",
        numbers[1],
        "某市科学技术局文件",
        "2.申报材料应当真实。",
        numbers[2],
      ),
    );
    expect(guide.title).toBe("某市项目申报指南");
    expect(outline(guide)).toEqual([
      `一 [支持方式] ${paragraph}比例不低于一比一。`,
      "二 [要求]",
      "二/1 [] 申报单位应当在本市注册。",
      "二/2 [] 申报材料应当真实。",
    ]);
  });

  test("a head that is the title stays once, as the title", () => {
    const guide = parseGuide(
      page(
        "某市申报指南",
        "一、总则",
        "内容。",
        "- 1 -",
        "某市申报指南",
        "二、要求",
        "内容。",
        "- 2 -",
        "某市申报指南",
        "三、附则",
        "内容。",
      ),
    );
    expect(guide.title).toBe("某市申报指南");
    expect(outline(guide)).toEqual(["一 [总则] 内容。", "二 [要求] 内容。", "三 [附则] 内容。"]);
  });

  test("a year and a lone amount are no page numbers", () => {
    const guide = parseGuide(
      page("附件2", "", "2024", "", "一、额度", "", "每项不超过", "", "30", "", "万元。"),
    );
    expect(guide.title).toBe("附件2 2024");
    expect(held(guide)).toContain("每项不超过30万元。");
  });

  test("a table of contents is no second tree", () => {
    const guide = parseGuide(
      page(
        "某省基金指南",
        "目  录",
        "第一章 总则 ............ 1",
        "第二章 资助范围……………3",
        "附件 ------ 9",
        "第一章 总则",
        "第一条 制定本指南。",
        "第二章 资助范围",
        "第二条 每项30万元。",
        "附件：申请书",
      ),
    );
    expect(guide.title).toBe("某省基金指南");
    expect(ids(guide)).toEqual(["第一章", "第一章/第一条", "第二章", "第二章/第二条", "附件"]);
    const bare = parseGuide(
      page("指南", "目录", "一、总则", "二、要求", "一、总则", "要求如下。", "二、要求", "无。"),
    );
    expect(bare.title).toBe("指南");
    expect(ids(bare)).toEqual(["一", "二"]);
  });
});

const held = (guide: ReturnType<typeof parseGuide>): string =>
  Array.from(walk(guide.nodes), ({ heading, text }) => (heading + text).replace(/\s/g, "")).join("");

describe("annexes", () => {
  test.each([
    ["附件：", "附件"],
    ["附件:", "附件"],
    ["附：", "附"],
    ["附件", "附件"],
  ])("%s with a numbered list", (mark, id) => {
    const lines =
      mark.length > 1 && /[:：]$/.test(mark)
        ? [`${mark}1.申报书`, "　　　2.汇总表"]
        : [mark, "1.申报书", "2.汇总表"];
    expect(read("指南", "一、总则", "内容。", ...lines)).toEqual([
      "一 [总则] 内容。",
      `${id} []`,
      `${id}/1 [申报书]`,
      `${id}/2 [汇总表]`,
    ]);
  });

  test("on one line, each by its own, and with their full text", () => {
    expect(read("指南", "一、总则", "内容。", "附件：1.申报书 2.汇总表  3.承诺书").slice(2)).toEqual([
      "附件/1 [申报书]",
      "附件/2 [汇总表]",
      "附件/3 [承诺书]",
    ]);
    expect(
      read(
        "通知",
        "一、总则",
        "内容。",
        "附件1：申报指南",
        "附件2：申报书",
        "附件1",
        "申报指南",
        "一、方向",
        "（一）制造",
        "研究机床。",
        "二、额度",
        "每项30万元。",
      ),
    ).toEqual([
      "一 [总则] 内容。",
      "附件1 [申报指南]",
      "附件2 [申报书]",
      "附件1#2 [申报指南]",
      "附件1#2/一 [方向]",
      "附件1#2/一/（一） [制造] 研究机床。",
      "附件1#2/二 [额度] 每项30万元。",
    ]);
  });
});

describe("lines", () => {
  const expected = ["一 [甲] 内容一。", "二 [乙] 内容二，第二行。"];
  const lines = ["某指南", "一、甲", "内容一。", "二、乙", "内容二，", "第二行。"];

  test.each([
    ["Windows line ends and a mark in front", `\ufeff${lines.join("\r\n")}\r\n`],
    ["a blank line after each line", lines.join("\n\n")],
    ["tabs, full-width indents and spaces at the ends", lines.map((line) => `\t　　${line}  　`).join("\n")],
    ["a form feed before a line", lines.join("\n").replace("二、", "\f二、")],
    ["old line ends", lines.join("\r")],
  ])("%s", (_, source) => {
    expect(outline(parseGuide(source))).toEqual(expected);
  });

  test("line numbers count every line of the source", () => {
    const numbers = (source: string): number[] =>
      Array.from(walk(parseGuide(source).nodes), ({ line }) => line);
    expect(numbers("指南\n\n一、甲\n\n\f\n内容。\n二、乙")).toEqual([3, 7]);
    expect(numbers("指南\r\n\r\n一、甲\r\n二、乙")).toEqual([3, 4]);
  });

  test("words of letters broken at a line's end get their space back", () => {
    const [node] = parseGuide(
      "Call\n1. The fund supports basic\nresearch in the\ncity.\n2. 支持AI\n算法与 mRNA\n疫苗。",
    ).nodes;
    expect(node!.heading + node!.text).toBe("The fund supports basic research in the city.");
  });

  test("nothing, blanks, and text without any marker", () => {
    expect(parseGuide("")).toEqual({ title: "", nodes: [] });
    expect(parseGuide(" \n\n　")).toEqual({ title: "", nodes: [] });
    expect(parseGuide("某市指南\n没有编号。")).toEqual({ title: "某市指南\n没有编号。", nodes: [] });
  });

  test("a preface of sentences is part of the title", () => {
    expect(
      parseGuide("关于申报2025年度\n项目的通知\n各单位：\n现将有关事项通知如下。\n一、范围\n全市。").title,
    ).toBe("关于申报2025年度项目的通知\n各单位：\n现将有关事项通知如下。");
  });
});

describe("any size", () => {
  test.each([
    ["one line of ten million characters", `一、总则\n${"科，（".repeat(3_300_000)}`],
    ["a hundred thousand lists that start again", "1.甲\n".repeat(100_000)],
    ["open brackets that never close", `一、甲\n${"（乙\n1.丙\n".repeat(30_000)}`],
    ["a title of two hundred thousand lines", `${"（".repeat(1_000_000)}\n${"（\n".repeat(200_000)}`],
    ["two hundred thousand labels", `一、甲\n${"：".repeat(1_000_000)}\n${"标签：\n".repeat(200_000)}`],
  ])("%s", (_, source) => {
    const started = performance.now();
    const guide = parseGuide(source);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(JSON.stringify(guide).length).toBeGreaterThan(0);
  });
});
