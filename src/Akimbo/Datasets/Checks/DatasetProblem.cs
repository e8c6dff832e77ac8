namespace Akimbo.Datasets.Checks;

/// <summary>What can be wrong with the annotations of a data set.</summary>
public enum DatasetProblem
{
    /// <summary>A picture's file does not exist.</summary>
    MissingFile,

    /// <summary>A picture's file is no picture.</summary>
    UnreadableFile,

    /// <summary>Two pictures of the data set are the same file, or files with the same bytes.</summary>
    DuplicateFile,

    /// <summary>A picture has another size than its annotation says.</summary>
    WrongSize,

    /// <summary>A labelled keypoint lies outside the picture.</summary>
    KeypointOutsideImage,

    /// <summary>A labelled keypoint lies clearly outside the person's box.</summary>
    KeypointOutsideBox,

    /// <summary>A person's area or box is empty, or all keypoints lie at one point.</summary>
    ZeroArea,

    /// <summary>Two people of a picture have the same keypoints, or the same box.</summary>
    DuplicatePerson,

    /// <summary>A person's limbs cross so far as hardly anyone's do: left and right are probably swapped.</summary>
    SwappedSides,

    /// <summary>Most people whose face is seen turn their back: left and right are probably swapped throughout.</summary>
    MirroredSides,

    /// <summary>Two keypoints that mirror each other lie at different parts of the body.</summary>
    WrongFlipPair,
}
