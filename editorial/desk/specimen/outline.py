"""The chapters and sections of the made-up yearbook, and the words each chapter speaks with."""

from __future__ import annotations

from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One chapter. A section is `title:slug`, a measure `name:unit:low:high`.

    `works` are things built, `things` things counted (`name:classifier`), `bodies` the
    departments concerned, `lore` the kind of rare words it brings in (see `words.LORE`).
    """

    slug: str
    title: str
    sections: tuple[str, ...]
    topics: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    lore: str = "craft"


def _field(slug: str, title: str, sections: str, **words: str) -> Field:
    lore = words.pop("lore", "craft")
    lists = {key: tuple(value.split()) for key, value in words.items()}
    return Field(slug=slug, title=title, sections=tuple(sections.split()), lore=lore, **lists)


FIELDS: tuple[Field, ...] = (
    _field(
        "tezai",
        "特载",
        "政府工作报告选载:zhengfu-gongzuo 规划纲要解读:guihua-gangyao "
        "重要文件选载:zhongyao-wenjian "
        "重点改革:zhongdian-gaige 民生实事:minsheng-shishi 区域协作:quyu-xiezuo "
        "专题调研:zhuanti-diaoyan "
        "专文:zhuanwen",
        topics="规划实施 民生实事办理 重点改革推进 区域协作 专题调研 绩效评估 政策解读 督查落实",
        works="示范项目 惠民工程 改革试点 协作平台 调研基地",
        things="改革事项:项 民生实事:件 重点项目:个 调研报告:篇 政策文件:份",
        bodies="发展改革委 财政局 统计局 数据局",
        measures="固定资产投资:亿元:800:3600 民生支出:亿元:120:900 一般公共预算收入:亿元:90:680 "
        "重点项目完成投资:亿元:60:800",
    ),
    _field(
        "dashiji",
        "大事记",
        "1月:01yue 2月:02yue 3月:03yue 4月:04yue 5月:05yue 6月:06yue 7月:07yue 8月:08yue "
        "9月:09yue "
        "10月:10yue 11月:11yue 12月:12yue",
        topics="安全生产 防汛 招商引资 义务教育 交通建设 旅游发展 文物保护 科学普及 全民健身 "
        "民生实事",
        works="跨江大桥 体育公园 污水处理厂 文化馆 客运站 变电站 图书馆 科普馆",
        things="新建学校:所 社区食堂:个 公共停车位:个 共建项目:个",
        bodies="发展改革委 教育局 交通局 文旅局 应急局 体育局 商务局",
        measures="旅客发送量:万人次:20:480 货物吞吐量:万吨:80:900 零售额:亿元:2:60",
    ),
    _field(
        "shiqing",
        "市情概况",
        "建置沿革:jianzhi 位置面积:weizhi 地质地貌:dizhi 气候:qihou 水文:shuiwen 土壤植被:turang "
        "自然资源:ziyuan 自然灾害:zaihai 行政区划:quhua 人口:renkou 民族宗教:minzu 语言民俗:minsu "
        "经济运行:jingji 产业结构:chanye 居民生活:shenghuo 价格:jiage 名胜古迹:mingsheng "
        "地名文化:diming 友好城市:youcheng 城市荣誉:rongyu",
        topics="气象观测 水文测报 地质勘查 地名普查 "
        "人口抽样调查 价格监测 灾害预警 物种调查 住户调查",
        works="气象观测站 水文站 地质公园 界碑 地名标志 观测井 古驿道",
        things="自然村:个 常绿乔木:种 水库:座 古树:株 地名标志:块 温泉:处 界桩:根",
        bodies="统计局 自然资源局 气象台 水文中心 民政局 林业局",
        measures="地区生产总值:亿元:900:5200 常住人口:万人:200:960 平均降水量:毫米:1200:2600 "
        "居民人均可支配收入:元:28000:68000 森林蓄积量:万立方米:600:4000 "
        "社会消费品零售总额:亿元:300:2400",
        lore="plant",
    ),
    _field(
        "zhengwu",
        "党政群团",
        "市委重要会议:shiwei 组织工作:zuzhi 宣传工作:xuanchuan 统战工作:tongzhan 机构编制:bianzhi "
        "机关党建:dangjian 老干部工作:laoganbu 党校教育:dangxiao 党史研究:dangshi 档案:dangan "
        "人大重要会议:renda 人大监督:jiandu 代表工作:daibiao 政府重要会议:zhengfu "
        "政务服务:zhengwu "
        "政务公开:gongkai 信访:xinfang 外事:waishi 侨务:qiaowu 政协重要会议:zhengxie 提案:tian "
        "工会:gonghui 共青团:gongqingtuan 妇联:fulian",
        topics="主题教育 干部培训 人才引进 提案办理 代表视察 政务公开 数字政务 信访化解 侨情调查 "
        "档案接收",
        works="政务服务中心 代表联络站 职工之家 青年驿站 档案馆新馆 党群服务站",
        things="议案建议:件 提案:件 培训班次:期 公开信息:条 档案:卷 志愿者:名 来访:批次",
        bodies="数据局 档案馆 总工会 妇联 信访局 外办 社会主义学院",
        measures="政务服务办件量:万件:12:680 干部网络学习:万学时:4:80 馆藏档案:万卷:20:160 "
        "捐资额:万元:300:8800",
    ),
    _field(
        "fazhi",
        "法治与军事",
        "地方立法:lifa 政法工作:zhengfa 公安:gongan 交通管理:jiaoguan 检察:jiancha 审判:shenpan "
        "司法行政:sifa 公共法律服务:falv-fuwu 仲裁:zhongcai 普法:pufa 社区矫正:jiaozheng "
        "人民调解:tiaojie 国防动员:guofang 兵役:bingyi 双拥:shuangyong 消防救援:xiaofang "
        "人民防空:renfang "
        "应急管理:yingji",
        topics="立法调研 案件评查 普法宣传 矛盾调处 消防演练 征兵宣传 道路整治 法律援助 应急演练 "
        "执法监督",
        works="法律服务站 消防救援站 调解工作室 应急避难场所 训练基地 人防疏散基地",
        things="法律援助案件:件 调解组织:个 消防栓:个 应急物资:件 普法讲座:场 执法人员:名",
        bodies="司法局 公安局 应急局 退役军人局",
        measures="调解成功率:%:90:99 法律援助受益:人次:1200:36000 应急物资储备:万件:3:90",
    ),
    _field(
        "nongye",
        "农业与乡村",
        "农业概况:gaikuang 粮食:liangshi 蔬菜:shucai 水果:shuiguo 茶叶:chaye 花卉:huahui "
        "中药材:yaocai "
        "林业:linye 畜牧业:xumu 渔业:yuye 种业:zhongye 农产品加工:jiagong 农业机械:nongji "
        "农田水利:shuili "
        "防汛抗旱:fangxun 农业科技:keji 质量安全:zhiliang 新型经营主体:zhuti 农村改革:gaige "
        "和美乡村:xiangcun 乡村旅游:lvyou 农村电商:dianshang 供销合作:gongxiao 对口协作:xiezuo",
        topics="良种推广 病虫害防治 高标准农田建设 水产养殖 农机作业 冷链物流 耕地保护 灌区改造 "
        "品牌农业",
        works="灌区 泵站 拦河闸 育秧工厂 冷库 烘干中心 农产品市场 村道 生态沟渠 标准化鱼塘",
        things="家庭农场:家 农民合作社:个 农业龙头企业:家 "
        "温室大棚:座 联合收割机:台 地理标志产品:个",
        bodies="农业农村局 水利局 林业局 供销社 气象台",
        measures="粮食总产量:万吨:18:120 农林牧渔业总产值:亿元:60:520 蔬菜产量:万吨:30:210 "
        "水产品产量:万吨:6:70 肉类总产量:万吨:5:40 农产品网络零售额:亿元:4:90 "
        "茶叶产量:吨:600:9800",
        lore="crop",
    ),
    _field(
        "gongye",
        "工业与信息化",
        "工业概况:gaikuang 电子信息:dianzi 装备制造:zhuangbei 汽车:qiche 船舶:chuanbo "
        "石油化工:shihua "
        "新材料:xincailiao 生物医药:yiyao 食品:shipin 纺织服装:fangzhi 家具:jiaju 陶瓷:taoci "
        "五金:wujin "
        "造纸印刷:zaozhi 建材:jiancai 冶金:yejin 电力:dianli 燃气:ranqi 节能:jieneng "
        "技术改造:jigai "
        "中小企业:zhongxiao 产业园区:yuanqu 数字产业:shuzi 软件:ruanjian 通信:tongxin "
        "无线电管理:wuxiandian",
        topics="技术改造 质量提升 智能制造 绿色制造 产业链招商 设备更新 数字化转型 首台套推广 "
        "节能监察",
        works="产业园 数据中心 标准厂房 检测实验室 生产线 变电站 加氢站 中试车间",
        things="规模以上工业企业:家 专精特新企业:家 工业机器人:台 通信基站:座 绿色工厂:家 "
        "发明专利:件",
        bodies="工信局 科技局 发展改革委 市场监管局",
        measures="规模以上工业增加值:亿元:180:1900 工业投资:亿元:90:880 "
        "全社会用电量:亿千瓦时:90:620 "
        "软件业务收入:亿元:12:460 新产品产值:亿元:60:900 技术改造投资:亿元:30:360",
        lore="mineral",
    ),
    _field(
        "shangmao",
        "商贸金融与开放",
        "商贸概况:gaikuang 消费促进:xiaofei 市场建设:shichang 餐饮:canyin 会展:huizhan 物流:wuliu "
        "粮食储备:chubei 烟草专卖:yancao 盐业:yanye 对外贸易:waimao 利用外资:waizi 境外投资:touzi "
        "口岸:kouan 海关:haiguan 跨境电商:kuajing 开发区:kaifaqu 旅游业:lvyou 景区:jingqu "
        "酒店:jiudian "
        "财政:caizheng 税务:shuiwu 银行业:yinhang 保险业:baoxian 证券业:zhengquan "
        "市场监管:jianguan "
        "统计:tongji",
        topics="消费促进活动 口岸通关便利化 绿色金融 外贸稳定增长 食品安全抽检 纳税服务 商圈改造 "
        "统计执法",
        works="商业街区 物流园 保税仓 会展中心 游客中心 民宿集群 农贸市场 充电站",
        things="市场主体:户 连锁门店:家 出口企业:家 银行网点:个 旅行社:家 民宿:家 参展企业:家",
        bodies="商务局 文旅局 财政局 市场监管局 统计局",
        measures="社会消费品零售总额:亿元:280:2600 货物进出口总额:亿元:160:3900 "
        "实际使用外资:亿元:6:180 "
        "接待游客:万人次:600:8800 本外币存款余额:亿元:1800:9800 税收收入:亿元:80:620 "
        "保费收入:亿元:20:260",
        lore="dish",
    ),
    _field(
        "chengjian",
        "城乡建设与生态环境",
        "国土空间规划:guihua 自然资源管理:ziyuan 耕地保护:gengdi 测绘:cehui 住房保障:zhufang "
        "房地产:fangdichan 建筑业:jianzhuye 城市更新:gengxin 市政设施:shizheng 供水:gongshui "
        "排水:paishui "
        "园林绿化:yuanlin 环境卫生:huanwei 城市管理:chengguan 公路:gonglu 铁路:tielu "
        "水路运输:shuilu "
        "港口:gangkou 公共交通:gongjiao 邮政:youzheng 大气污染防治:daqi 水污染防治:shuiwuran "
        "土壤保护:turang "
        "固体废物:gufei 生物多样性:shengwu 碳达峰:tandafeng",
        topics="老旧小区改造 黑臭水体治理 扬尘管控 垃圾分类 口袋公园建设 航道整治 生态修复 "
        "海绵城市建设",
        works="跨河大桥 污水处理厂 快速路 绿道 口袋公园 公交枢纽 综合管廊 码头 人行天桥 湿地公园",
        things="保障性住房:套 公交线路:条 充电桩:个 公共厕所:座 行道树:株 监测断面:个 "
        "新能源公交车:辆",
        bodies="住建局 自然资源局 生态环境局 交通局 林业局",
        measures="房屋建筑施工面积:万平方米:300:4200 公路通车里程:千米:2600:16800 "
        "日供水能力:万吨:40:320 "
        "港口货物吞吐量:万吨:900:16800 快递业务量:亿件:1:30 建成区绿地面积:公顷:1800:12600",
        lore="bird",
    ),
    _field(
        "jiaoke",
        "教育科技文化",
        "教育概况:gaikuang 学前教育:xueqian 义务教育:yiwu 高中教育:gaozhong 职业教育:zhiye "
        "高等教育:gaodeng "
        "特殊教育:teshu 教师队伍:jiaoshi 教育督导:dudao 科技创新:chuangxin 科技平台:pingtai "
        "成果转化:zhuanhua "
        "科学普及:kepu 知识产权:zhishi 社会科学:sheke 地方志:difangzhi 公共文化:wenhua "
        "文艺创作:wenyi "
        "戏曲曲艺:xiqu 文物保护:wenwu 非物质文化遗产:feiyi 图书馆:tushuguan 博物馆:bowuguan "
        "新闻出版:xinwen "
        "广播电视:guangdian 档案文献:wenxian",
        topics="集团化办学 科普进校园 非遗传承 全民阅读 "
        "文物普查 校企合作 古籍修复 成果评价 课程改革",
        works="实验学校 科技馆 博物馆新馆 非遗工坊 实训基地 重点实验室 城市书房 戏曲传习所",
        things="中小学校:所 高新技术企业:家 馆藏文物:件（套） 非遗项目:项 文艺团队:支 科普基地:个 "
        "藏书:册",
        bodies="教育局 科技局 文旅局 图书馆 博物馆 科协",
        measures="研究与试验发展经费:亿元:9:360 技术合同成交额:亿元:12:420 在校学生:万人:12:160 "
        "专利授权量:件:1200:46000 图书流通:万册次:60:980 教育经费支出:亿元:40:320",
        lore="craft",
    ),
    _field(
        "minsheng",
        "卫生健康与社会民生",
        "卫生概况:gaikuang 医疗服务:yiliao 公共卫生:gongwei 疾病预防:jikong 妇幼健康:fuyou "
        "中医药:zhongyi "
        "医药卫生改革:yigai 医疗保障:yibao 药品监管:yaojian 爱国卫生:aiwei 体育:tiyu "
        "全民健身:jianshen "
        "竞技体育:jingji 就业:jiuye 社会保险:shebao 劳动关系:laodong 民政:minzheng "
        "养老服务:yanglao "
        "儿童福利:ertong 残疾人事业:canji 慈善:cishan 退役军人事务:tuiyi 红十字会:hongshizi "
        "社区治理:shequ",
        topics="分级诊疗 健康体检 养老服务 技能培训 就业援助 医保结算 全民健身 急救培训 社区治理 "
        "慈善捐赠",
        works="社区卫生服务中心 养老院 体育公园 托育中心 康复中心 长者食堂 健身步道 中医馆",
        things="医疗卫生机构:家 执业医师:名 养老床位:张 体育场地:个 托育机构:家 社会组织:个 "
        "志愿服务队:支",
        bodies="卫健委 医保局 民政局 人社局 体育局 残联 退役军人局",
        measures="诊疗人次:万人次:300:6800 城镇新增就业:万人:1:26 基本医疗保险参保:万人:120:960 "
        "慈善捐赠:万元:600:36000 社会保险基金收入:亿元:40:680",
        lore="herb",
    ),
    _field(
        "quxian",
        "区县概览",
        "澄浦区:chengpu 云汀区:yunting 望溪区:wangxi 岚川区:lanchuan 石苍区:shicang 桐埠区:tongbu "
        "蓼湖区:liaohu 松阁区:songge 荻洲区:dizhou 鹤岭县:heling 青棠县:qingtang 芦浦县:lupu "
        "沙荻县:shadi "
        "平畴县:pingchou 月塘县:yuetang 龙坂县:longban 临蔚县:linwei 南埭县:nandai",
        topics="招商引资 重点项目建设 乡村振兴 城市更新 生态治理 教育均衡发展 文旅融合 社会治理",
        works="产业园 滨水步道 中心小学 农贸市场 污水处理厂 旅游公路 文化广场 社区食堂",
        things="行政村:个 社区:个 规模以上企业:家 景区:个 学校:所 重点项目:个",
        bodies="发展改革委 农业农村局 商务局 文旅局 统计局",
        measures="地区生产总值:亿元:60:900 一般公共预算收入:亿元:4:90 固定资产投资:亿元:20:420 "
        "城镇居民人均可支配收入:元:32000:69000 粮食产量:万吨:1:30",
        lore="plant",
    ),
)

CHRONICLE = 1
"""Index of the chapter written as dated lines instead of entries."""
