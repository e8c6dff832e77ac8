using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>Scores the predictions of a data set by one protocol.</summary>
public interface IPredictionScoring
{
    /// <summary>The keypoints that are scored.</summary>
    Skeleton Scored { get; }

    /// <summary>What <see cref="PersonCase.Fit"/> is, such as <c>OKS</c>.</summary>
    string FitName { get; }

    /// <summary>Scores predictions.</summary>
    /// <param name="predictions">One entry an image; images without entry have nobody.</param>
    ScoreReport Score(IReadOnlyList<ImagePrediction> predictions);

    /// <summary>Everyone annotated who counts, with the prediction that fits best.</summary>
    /// <param name="predictions">As for <see cref="Score"/>.</param>
    IReadOnlyList<PersonCase> Cases(IReadOnlyList<ImagePrediction> predictions);
}
