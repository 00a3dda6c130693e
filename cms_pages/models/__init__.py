from cms_pages.models.article import ArticleIndexPage, ArticlePage
from cms_pages.models.campaign import CampaignIndexPage, CampaignPage
from cms_pages.models.guide import ServiceGuidePage, ServiceIndexPage
from cms_pages.models.home import HomePage
from cms_pages.models.settings import SiteDetails

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "CampaignIndexPage",
    "CampaignPage",
    "HomePage",
    "ServiceGuidePage",
    "ServiceIndexPage",
    "SiteDetails",
]
