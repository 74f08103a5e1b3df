"""The sentences of the made-up yearbook: text with `{slots}`, see `prose.SLOTS`.

`its_…` slots speak of the entry's own subject and stay the same through the entry.
"""

from __future__ import annotations

SURVEY = (
    "2024年，示例市{measure}，{measure}；{measure}。",
    "年末，全市有{thing}、{thing}；{body}登记的{more}。",
    "分地区看，{measure_of}，{measure_of}。",
    "按照《示例市{document}》，{body}牵头推进{topic}、{topic}和{topic}，全年召开协调会{n1}次。",
    "上半年，全市{half}；下半年增速有所加快。",
)
SURVEY_OF_DISTRICT = (
    "2024年，{its_district}{measure_here}，{measure_here}；{measure_here}。",
    "年末，{its_district}有{thing}、{thing}。",
    "按照《示例市{document}》，全区（县）推进{topic}、{topic}和{topic}。",
    "上半年，{half_here}。",
)
OPENINGS: dict[str, tuple[str, ...]] = {
    "topic": (
        "2024年，{its_district}把{its_topic}列入年度重点工作，安排项目{n1}个，完成投资{money}亿元"
        "。",
        "2024年，{body}在{its_district}开展{its_topic}试点，涉及{place}、{place}等{n1}个村（社区"
        "）。",
        "2024年{date}，{its_topic}现场会在{its_district}召开，{body}、{body}和各区县代表{people}"
        "人参加。",
        "2024年，{its_district}推行“{slogan}”，以此带动{its_topic}，{measure_here}。",
    ),
    "work": (
        "2024年{date}，{its_place}{its_work}{its_done}。项目位于{its_district}，总投资{money}亿元，"
        "占地{d1}公顷。",
        "{its_place}{its_work}由{body}主持建设，2024年{date}{its_done}，建筑面积{d1}万平方米。",
        "2024年，{its_district}实施{its_place}{its_work}工程，{firm}负责施工，{date}{its_done}。",
        "{its_place}{its_work}位于{its_district}，由{firm}承建，概算投资{money}亿元，2024年{date}"
        "{its_done}。",
    ),
    "fair": (
        "2024年{span}，第{few}届示例市{its_fair}在{its_district}{its_place}举行，{body}主办，接待"
        "观众{d1}万人次。",
        "2024年{date}，示例市{its_fair}在{its_district}{its_place}开幕，{n3}家单位参展。",
    ),
}
SENTENCES = (
    "至年末，{its_district}{measure_here}。",
    "全年投入{its_topic}资金{d1}亿元，其中财政资金占{pct}，其余由社会资本承担。",
    "上半年，{its_district}{half_here}。",
    "{inspection}。",
    "印发《示例市{document}》（示府办〔2024〕{n2}号），明确{its_topic}、{topic}等{few}个方面的任"
    "务，由{body}牵头落实。",
    "{month}月起，{body}在{place}试行“{slogan}”办法，平均办理时间由{days}。",
    "配套的{place}{work}于{date}{done}，总投资{n4}万元，由{firm}承建。",
    "{firm}投资{money}亿元建设{work}，采用{technique}，单位能耗下降{pct}，{month}月投入运行。",
    "年末，全市有{thing}，其中{its_district}{its_share}。",
    "{body}会同{body}编制{its_topic}实施细则，{progress}，其余结转下一年度。",
    "据{body}对{n4}户居民的抽样调查，对{its_topic}表示满意的占{high}。",
    "新建{work}{n1}处，改造{n1}处，惠及{place}、{place}等{n2}个村（社区）居民{d1}万人。",
    "开展{its_topic}培训{n1}期，培训{n4}人次；选派{n1}名技术骨干到{place}驻点指导。",
    "{body}与{firm}签订合作协议，在{place}共建{work}，首期投入{n4}万元。",
    "{place}至{place}段全长{d2}千米，沿线设观测点{n1}个，{date}通过交工验收。",
    "采用{technique}建立{its_topic}监测平台，接入点位{n3}个，数据每{few}小时更新一次。",
    "{person}、{person}等{n1}人获评全省{its_topic}先进个人，{place}获评先进集体。",
    "公开征求意见期间收到建议{n3}条，采纳{n2}条，逐条书面答复。",
    "{month}月，受强降雨影响，{its_district}{place}一带{work}受损{few}处，月底前全部修复。",
    "相关做法在{district}、{district}推广，年内复制到{n2}个镇（街道）。",
    "建立{its_topic}台账{n2}本，实行销号管理，销号率{high}；对进度滞后的{few}个单位发出提示函。",
    "{body}组织{n2}家企业参加在{place}举办的对接会，签约{n1}项，协议金额{d1}亿元。",
    "工程技术人员{person}提出的改进方案被采纳，工期缩短{n1}天，节约费用{n3}万元。",
    "与{district}相比，{its_district}在{topic}方面起步较晚，{month}月起由{body}派驻工作组协助。",
    "档案资料{n3}卷移交{body}保存，其中图纸{n2}张、照片{n3}幅。",
    "媒体刊播有关报道{n2}篇（条），《示例日报》以“{slogan}——示例市{topic}纪实”为题作连续报道。",
)
LORE_SENTENCES: dict[str, tuple[str, ...]] = {
    "goods": (
        "{lore}产量{n4}吨，主产地{place}、{place}的产量占{pct}。",
        "{its_district}{place}以{lore}、{lore}为特色，带动农户{n4}户，户均增收{n4}元。",
        "研究员{person}主持的{lore}加工项目通过验收，取得授权专利{n1}件，在{district}推广应用。",
        "{lore}、{lore}等{n1}个产品入选全省名优产品目录，{firm}的{lore}销往{n1}个国家和地区。",
        "现场展出{lore}、{lore}、{lore}等展品{n3}件，签约{n1}项。",
    ),
    "nature": (
        "{place}一带记录到{lore}、{lore}等物种{n2}种，其中{lore}为示例市新记录。",
        "研究员{person}在{place}设样方{n2}个，连续{few}年观测{lore}、{lore}，取得数据{n4}组。",
        "{its_district}修复{lore}生境{d1}公顷，{lore}种群数量比上年增加{few}成。",
        "{body}编印《示例市{lore}图册》{n4}册，收录{lore}、{lore}等图片{n3}幅。",
    ),
}
EVENTS = (
    "{body}在{district}{place}召开{topic}会议，{people}人参加。",
    "{place}{work}{done}，总投资{money}亿元。",
    "示例市{fair}在{district}{place}开幕，展出{lore}、{lore}等展品{n3}件。",
    "《示例市{document}》公布，自下月1日起施行。",
    "{firm}与{body}签订协议，在{place}建设{work}。",
    "示例市{person}、{person}等{n1}人获全省{topic}竞赛一等奖。",
    "{district}{place}启用{technique}，为全市首例。",
    "全市{topic}工作推进会在{place}举行，{body}通报前一阶段进度，完成投资{money}亿元。",
    "{place}至{place}公共汽车线路开通，全长{d2}千米，设站{n1}个。",
    "受强降雨影响，{district}{place}转移群众{n3}人，无人员伤亡。",
    "市委、市政府召开{topic}专题会议，部署{n1}项任务。",
)
EDITOR_NOTES = (
    "本条数据待与统计部门核对后定稿",
    "照片版权已落实，授权书存编辑部",
    "供稿单位来稿两处数字不一，已采用盖章件",
    "与其他分目有重复，总纂时斟酌取舍",
    "单位名称改革前后不同，按记述时间使用",
)
FOOTNOTES = (
    "规模以上工业企业指年主营业务收入2000万元以上的工业法人单位。",
    "地区生产总值按现价计算，增长速度按不变价计算。",
    "因四舍五入，部分合计数与分项之和略有出入。",
    "数据由市统计局提供，与上卷不同的以本卷为准。",
    "统计范围包括驻市单位，不含代管单位。",
)
