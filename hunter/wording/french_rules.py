"""What the rules that come with hunter say, in French, by a rule's id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule's own words."""

    title: str
    wording: str
    false_positives: tuple[str, ...]

    def as_finding(self) -> dict[str, Any]:
        """The fields of a finding that it stands in for."""
        return {
            "title": self.title,
            "wording": self.wording,
            "false_positives": self.false_positives,
        }


_OTHER_CUSTOMERS = "d'autres clients du même hébergeur"
_ONE_DEALER = "une agence ou un revendeur qui enregistre pour beaucoup de clients sous une adresse"
_PRIVATE = "des particuliers qui ont une adresse gratuite"

RULES: Mapping[str, RuleWords] = {
    "845ce2e0-cec3-4250-8982-ce55b2cdf2af": RuleWords(
        "Domaine suivi sur un serveur pour lui seul",
        "Il a un serveur pour lui seul, ce qui est compatible avec un nom mis en service.",
        ("quiconque paie un serveur",),
    ),
    "5c1649a6-c6e6-487c-8547-b3c1fee9a98a": RuleWords(
        "Domaine retrouvé à partir du titulaire d'une imitation",
        "Il porte l'adresse électronique du titulaire d'une imitation, ce qui est compatible avec"
        " un seul et même titulaire.",
        (_ONE_DEALER,),
    ),
    "0d5c5f0e-9f0b-4f5c-8d0e-3a4f6f1f7c52": RuleWords(
        "Domaine qui répond à une surveillance",
        "Il répond à une surveillance posée par quelqu'un, ce qui est compatible avec un lien avec"
        " ce qui est surveillé.",
        (
            "un autre client du même serveur, de la même société ou du même service",
            "un nom qui contient la chaîne par hasard",
        ),
    ),
    "d131b940-2787-4dd3-b5b2-89a7f8a77132": RuleWords(
        "Imitation hébergée chez THCservers",
        "Son hébergement est compatible avec celui de l'affaire de 2017, comme celui des nombreux"
        " autres clients de cette société.",
        (_OTHER_CUSTOMERS,),
    ),
    "702defaa-a92a-4298-b210-783eeb2728d7": RuleWords(
        "Imitation dont le serveur est caché par un réseau de diffusion",
        "Il se tient derrière un réseau de diffusion qui cache où il est hébergé, comme beaucoup"
        " de sites ordinaires.",
        ("une grande part des sites ordinaires passent par un réseau de diffusion",),
    ),
    "398ff198-4f82-4829-aa1d-af97a1fd22ba": RuleWords(
        "Nom qui ressemble à la marque",
        "Le nom est assez proche de celui de la marque pour qu'on puisse les confondre.",
        (
            "une entreprise au nom voisin ; un site de soutien",
            "un enregistrement par la campagne elle-même",
        ),
    ),
    "051af8c6-7177-4a48-a07d-75946575d4d6": RuleWords(
        "Certificat émis pour une imitation",
        "Un certificat a été émis pour lui : ses pages peuvent montrer le cadenas.",
        ("des hébergeurs qui prennent un certificat pour chaque nom qu'ils servent",),
    ),
    "1c4c67b6-2f0c-47c7-adea-b6e1b890e56c": RuleWords(
        "Nom qui peut être lu comme celui de la marque",
        "La forme du nom est compatible avec le souhait d'être lu comme l'adresse de la marque.",
        ("des services d'archive, de veille ou de traduction qui montrent d'autres sites",),
    ),
    "9d3f98c5-51f5-485b-9484-fc15a0bd095c": RuleWords(
        "Imitation avec un mot qui invite à la confiance",
        "Le mot à côté de la marque invite à se connecter, à donner ou à voter, ce qui est"
        " compatible avec un hameçonnage.",
        (
            "un groupe de soutien qui collecte des dons de bonne foi",
            "une marque dont le nom contient un tel mot",
        ),
    ),
    "460486c3-6c24-4380-a8e6-f7bbed4fea59": RuleWords(
        "Imitation enregistrée ces 30 derniers jours",
        "Il a été enregistré récemment, ce qui est compatible avec une préparation, mais aussi"
        " avec tout nouveau projet.",
        ("un groupe local, une candidature ou un commerce, nouveaux et sans mauvaise intention",),
    ),
    "b0cd6221-137c-4f1a-8fb5-87a816b1b457": RuleWords(
        "Imitation qui a une adresse",
        "Il mène à un serveur : des pages ou des services sont peut-être déjà joignables.",
        ("des noms mis en attente par un bureau d'enregistrement ou un revendeur",),
    ),
    "88347f48-c83a-49b9-9ec7-1e9807a604dd": RuleWords(
        "Imitation qui peut envoyer et recevoir des courriels",
        "Il peut envoyer et recevoir des courriels, ce qui est compatible avec la préparation d'un"
        " hameçonnage, mais aussi avec une activité ordinaire.",
        (
            "une entreprise au nom voisin, avec une messagerie ordinaire",
            "des bureaux d'enregistrement qui donnent un serveur de messagerie à chaque nom",
        ),
    ),
    "368f7ade-fdf4-40fc-8d14-9339d0d1cee1": RuleWords(
        "Imitation dont les serveurs de noms sont, ou furent, ceux de monovm.com",
        "Ses serveurs de noms sont ou furent ceux de monovm.com, ce qui est compatible avec"
        " l'affaire de 2017 ; cette société a beaucoup d'autres clients.",
        (_OTHER_CUSTOMERS,),
    ),
    "75b41438-0abb-426a-a865-5be7932ec13e": RuleWords(
        "Imitation récente enregistrée avec une adresse chez mail.com, email.com ou europe.com",
        "Le fournisseur de messagerie du titulaire est compatible avec les enregistrements de"
        " l'affaire de 2017 ; c'est une habitude, et non une preuve.",
        (_PRIVATE,),
    ),
    "2055bf0e-2b07-4667-ab51-d1421518638a": RuleWords(
        "Nom récent avec le mot-clé de la marque et une adresse chez mail.com, email.com ou"
        " europe.com",
        "Mot-clé, fournisseur de messagerie et enregistrement récent ensemble sont compatibles avec"
        " la recherche qui a trouvé en-marche.co en 2017.",
        ("des particuliers à l'adresse gratuite dont le projet contient le mot-clé par hasard",),
    ),
    "7e29eb27-c738-4f5b-a1f6-e449f62e9a8c": RuleWords(
        "Courriel de titulaire partagé par plusieurs domaines suivis",
        "Plusieurs domaines portent un même courriel de titulaire, ce qui est compatible avec un"
        " seul et même titulaire.",
        (_ONE_DEALER,),
    ),
    "20348f9a-476c-441a-91b4-a918d50b553f": RuleWords(
        "Imitation chez un hébergeur sous sanctions",
        "Son hébergement est compatible avec la volonté de résister aux plaintes ; la société a"
        " aussi d'autres clients.",
        ("d'autres clients du même hébergeur, ou de celui qui a repris ses réseaux",),
    ),
    "531a9e96-1961-4832-bd0a-2bfe0937ab59": RuleWords(
        "Imitation qui diffère par des accents",
        "Il diffère par des accents, ce qui est compatible avec la volonté d'être lu comme la"
        " marque et avec la simple orthographe.",
        ("un enregistrement par qui préfère la bonne orthographe, la campagne elle-même parfois",),
    ),
    "455102d5-a1db-4217-a4f7-b0180cd011c9": RuleWords(
        "Imitation avec des mots de campagne",
        "Le mot à côté de la marque est de ceux d'une campagne, ce qui est compatible avec un appel"
        " à ses soutiens, d'où qu'il vienne.",
        (
            "un groupe local, un soutien ou une critique sincères",
            "une marque dont le nom contient un tel mot",
        ),
    ),
    "3998f0ea-7db4-4922-9b68-f76830b9275f": RuleWords(
        "Imitation sous une extension gratuite ou à bas prix",
        "Il est sous une extension à bas prix, ce qui est compatible avec des noms achetés en"
        " nombre comme avec n'importe quel petit budget.",
        ("des particuliers et de petits projets qui regardent le prix",),
    ),
    "56b1fa37-c0a1-435f-bed1-9c2770561623": RuleWords(
        "Imitation par une touche voisine",
        "Une lettre y est remplacée par sa voisine sur le clavier, ce qui est compatible avec le"
        " typosquattage.",
        ("une entreprise dont le nom diffère de celui de la marque par cette lettre",),
    ),
    "fb05f7ce-14b2-40c3-b56f-748c46dc9166": RuleWords(
        "Imitation dont la page ressemble à celle de la marque",
        "Sa page d'accueil ressemble beaucoup à celle de la marque, ce qui est compatible avec une"
        " copie faite pour tromper et avec un modèle commun.",
        (
            "un miroir, une archive ou une traduction de la page de la marque",
            "deux sites faits avec un même modèle",
        ),
    ),
    "09c926c4-cfdc-4136-a493-03873fa95b0e": RuleWords(
        "Imitation dont la page demande un mot de passe",
        "Sa page d'accueil demande un mot de passe, ce qui est compatible avec un hameçonnage mais"
        " aussi avec un service qui lui est propre.",
        (
            "un vrai service d'un nom proche, qui a des membres",
            "une boutique ou un gestionnaire de contenu qui montre sa propre connexion",
        ),
    ),
    "6f70afc2-351c-4064-a52b-11c0a479e63c": RuleWords(
        "Imitation qui copie la page de la marque et demande un mot de passe",
        "Sa page d'accueil ressemble beaucoup à celle de la marque et demande un mot de passe, ce"
        " qui est compatible avec un hameçonnage et avec deux sites d'un même logiciel.",
        ("deux sites qui montrent la connexion d'un même logiciel, comme une messagerie web",),
    ),
    "77287bf8-7d62-436e-a4dc-48f4b7f2413c": RuleWords(
        "Imitation qui se prononce peut-être comme la marque",
        "Il se prononce peut-être à peu près comme la marque, ce qui est compatible avec"
        " l'intention de capter les personnes qui l'écrivent comme elles l'entendent.",
        ("un autre mot de même son",),
    ),
    "f5690157-4358-413f-ba6f-09a4734dd0a3": RuleWords(
        "Domaine suivi qui figure sur une liste d'indicateurs",
        "L'un de ses éléments figure sur une liste d'indicateurs, ce qui est compatible avec une"
        " activité connue ; une adresse peut avoir changé de mains depuis.",
        (
            "une adresse réattribuée depuis que la liste a été faite",
            "des adresses que beaucoup partagent : réseau de diffusion, nœud de sortie Tor",
        ),
    ),
    "0765bc40-d12f-4faf-8236-87fff751540e": RuleWords(
        "Nom qui ressemble à celui d'un partenaire",
        "Le nom est assez proche de celui d'un partenaire pour qu'on confonde les deux.",
        ("une entreprise d'un nom proche ; un enregistrement par le partenaire lui-même",),
    ),
    "ce652787-de04-4319-a5c3-81614fa6cbd9": RuleWords(
        "Domaine suivi à une adresse qui est ou fut un nœud de sortie Tor",
        "Une de ses adresses est ou fut un nœud de sortie Tor, ce qui est compatible avec un"
        " serveur loué anonymement et avec le hasard.",
        ("un hébergeur qui admet les nœuds de sortie Tor et a donné l'adresse au client suivant",),
    ),
    "9c609079-eaed-43f1-a5c5-8b462f95bbcd": RuleWords(
        "Imitation dont les serveurs de noms changent vite",
        "Ses serveurs de noms changent vite, ce qui est compatible avec la volonté d'échapper aux"
        " plaintes et avec un changement de mains.",
        ("une vente du domaine, ou quelqu'un qui essaie un hébergeur après l'autre",),
    ),
}
