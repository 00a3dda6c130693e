"""Give every installation the words that mean the same, so that women find what unions call otherwise."""

from django.db import migrations

# Words of unions and of women for the same thing, to begin with; editors change them at the desk.
WORDS = (
    "体检, 健康检查, 身体检查",
    "两癌, 宫颈癌, 乳腺癌",
    "筛查, 检查",
    "互助, 互助保障, 互助保险, 保险",
    "理赔, 怎么领, 领取, 报销",
    "大病, 重病, 特疾",
    "救助, 帮扶, 补助, 助学金, 慰问金",
    "困难, 贫困, 生活困难",
    "助学, 助学金, 学费",
    "三八, 妇女节, 女神节",
    "联谊, 相亲, 交友",
    "产假, 生育假, 生孩子休假",
    "母婴室, 妈咪小屋, 妈妈小屋, 哺乳室",
    "拖欠工资, 讨薪, 欠薪",
    "托管班, 暑托班, 暑假班, 寒假班",
    "女职工委员会, 妇委会, 女工委",
    "疗休养, 疗养",
    "培训, 学习班, 培训班",
    "单身, 未婚",
    "家政, 保姆",
    "活动, 文体活动",
)


def first_words(apps, schema_editor):
    Synonyms = apps.get_model("cms_pages", "Synonyms")
    Synonyms.objects.bulk_create(Synonyms(words=words) for words in WORDS)


class Migration(migrations.Migration):
    dependencies = [("cms_pages", "0003_more_lists")]
    operations = [migrations.RunPython(first_words, migrations.RunPython.noop)]
