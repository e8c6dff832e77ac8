namespace Akimbo.Datasets.Writing;

/// <summary>What <see cref="CocoWriter"/> wrote, and what the data set did not give.</summary>
public sealed record CocoWriteResult
{
    /// <summary>The number of pictures written.</summary>
    public int Images { get; init; }

    /// <summary>The number of people and crowds written.</summary>
    public int People { get; init; }

    /// <summary>Pictures whose size is unknown, because neither the data set nor a file gives it.</summary>
    public int ImagesWithoutSize { get; init; }

    /// <summary>People for whom the box around their keypoints was written, or none where nothing is labelled.</summary>
    public int PeopleWithoutBox { get; init; }

    /// <summary>People for whom 0.53 of their box was written, or none where there is no box.</summary>
    public int PeopleWithoutArea { get; init; }

    /// <summary>Whether people keep the numbers of the data set; otherwise they are numbered from 1.</summary>
    public bool KeepsIds { get; init; }
}
