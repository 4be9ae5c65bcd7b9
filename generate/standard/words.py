"""Common words of official titles, so that a line never ends inside one (GB/T 9704-2012 7.3.1: 词意完整)."""

from __future__ import annotations

_WORDS = """
共青团 团组织 团干部 团支部 团委 团员 青年 少年 青少年 学生 教师 师生 干部 党员 党委 党组织 党支部 党建
团建 群团 基层 机关 单位 部门 企业 事业 学校 高校 高等 专科 学院 大学 中学 小学 社区 街道 乡镇 农村
城市 全国 全省 全市 全县 全区 全校 全院 全体 全面 全团 各级 各地 委员会 常委会 办公室 领导 小组 代表
大会 会议 代表大会 座谈会 培训班 工作 活动 任务 项目 工程 计划 规划 方案 办法 制度 规定 细则 意见 通知
通报 报告 请示 批复 决定 决议 公告 通告 纪要 总结 情况 材料 名单 名册 清单 台账 统计 汇总 一览表 统计表
情况表 登记表 报告单 申报表 推荐表 关于 开展 印发 转发 做好 加强 进一步 深入 推进 推动 促进 落实 贯彻
学习 宣传 组织 召开 举办 成立 建立 健全 完善 规范 提升 提高 强化 深化 巩固 实施 执行 报送 上报 申报
推荐 评选 表彰 奖励 考核 检查 督查 督办 催办 整改 调研 走访 联系 服务 引导 引领 教育 培训 管理 监督
保障 支持 帮扶 志愿 志愿者 实践 主题 先进 优秀 典型 集体 个人 模范 标兵 年度 季度 上半年 下半年 学年
学期 寒假 暑假 期间 时间 通讯 信息 网络 安全 生产 稳定 应急 疫情 防控 消防 卫生 环境 保护 建设 发展
改革 创新 创业 就业 社会 经济 文化 政治 思想 理论 精神 作风 纪律 廉政 廉洁 问题 重要 重点 专项 统一
试行 征求 修订 调整 任免 聘任 人员 职务 负责 负责人 责任 分工 机制 体系 平台 阵地 品牌 新时代 习近平
社会主义 中国 特色 主义 人民 政府 人力 资源 财政 资金 预算 决算 采购 有关 事项 相关 要求 实际 结合 直接
密切 常态化 长期 制定 研究 部署 安排 启动 征集 调查 审核 审查 审批 备案 登记 注册 认定 验收 评估 评价
测评 广泛 范围 积极 切实 严格 认真 持续 扎实 关心 爱护 商请 协助 配合 参加 出席 邀请 报名 公开 公示
发布 使用 执法 法治 依法 条例 直接联系 心连心
""".split()  # noqa: SIM905 - a list of words reads best as words

WORDS = frozenset(_WORDS)
_SIZES: dict[str, tuple[int, ...]] = {}
"""The lengths of the words that begin with these two characters, the longest first."""
for _word in sorted(WORDS, key=len, reverse=True):
    _SIZES[_word[:2]] = tuple(dict.fromkeys((*_SIZES.get(_word[:2], ()), len(_word))))


def word_edges(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places of ``text`` inside a known word, and those where a known word begins or ends.

    Words are found from the left, the longest first.
    """
    inside: set[int] = set()
    edges: set[int] = set()
    place = 0
    while place < len(text):
        sizes = _SIZES.get(text[place : place + 2])
        found = next((size for size in sizes if text[place : place + size] in WORDS), 0) if sizes else 0
        if not found:
            place += 1
            continue
        edges.add(place)
        edges.add(place + found)
        inside.update(range(place + 1, place + found))
        place += found
    return frozenset(inside), frozenset(edges - inside)
