namespace Akimbo.Datasets;

/// <summary>What an annotation says of a keypoint; the numbers are COCO's.</summary>
public enum KeypointVisibility
{
    /// <summary>Not annotated; its position means nothing.</summary>
    NotLabelled = 0,

    /// <summary>Annotated, but hidden behind something.</summary>
    Hidden = 1,

    /// <summary>Annotated and seen, or annotated in a data set that does not tell seen from hidden.</summary>
    Visible = 2,
}
