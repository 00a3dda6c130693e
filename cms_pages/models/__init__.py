from cms_pages.models.activity import ActivityIndexPage, ActivityKind, ActivityPage
from cms_pages.models.article import ArticleIndexPage, ArticlePage
from cms_pages.models.campaign import CampaignIndexPage, CampaignPage
from cms_pages.models.faq import FaqEntry, FaqIndexPage, FaqPage
from cms_pages.models.finding import Posting, SearchEntry, Synonyms
from cms_pages.models.guide import GuideBasis, GuideService, ServiceGuidePage, ServiceIndexPage
from cms_pages.models.home import HomePage
from cms_pages.models.notice import NoticeIndexPage, NoticeKind, NoticePage
from cms_pages.models.policy import Clause, PolicyIndexPage, PolicyPage, Rank
from cms_pages.models.section import SectionPage
from cms_pages.models.settings import SiteDetails
from cms_pages.models.story import StoryIndexPage, StoryPage
from cms_pages.models.template_folder import TemplateFolder
from cms_pages.models.topic import Topic, TrainingForm
from cms_pages.models.training import TrainingIndexPage, TrainingPage, TrainingSession

__all__ = [
    "ActivityIndexPage",
    "ActivityKind",
    "ActivityPage",
    "ArticleIndexPage",
    "ArticlePage",
    "CampaignIndexPage",
    "CampaignPage",
    "Clause",
    "FaqEntry",
    "FaqIndexPage",
    "FaqPage",
    "GuideBasis",
    "GuideService",
    "HomePage",
    "NoticeIndexPage",
    "NoticeKind",
    "NoticePage",
    "PolicyIndexPage",
    "PolicyPage",
    "Posting",
    "Rank",
    "SearchEntry",
    "SectionPage",
    "ServiceGuidePage",
    "ServiceIndexPage",
    "SiteDetails",
    "StoryIndexPage",
    "StoryPage",
    "Synonyms",
    "TemplateFolder",
    "Topic",
    "TrainingForm",
    "TrainingIndexPage",
    "TrainingPage",
    "TrainingSession",
]
