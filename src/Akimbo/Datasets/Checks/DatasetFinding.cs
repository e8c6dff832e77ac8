namespace Akimbo.Datasets.Checks;

/// <summary>One kind of problem that was found.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Count">How many times: of files, of keypoints, of people or of pairs, as the problem says.</param>
/// <param name="Examples">The first few, each naming the picture, the person and the numbers.</param>
public sealed record DatasetFinding(DatasetProblem Problem, int Count, IReadOnlyList<string> Examples)
{
    /// <summary>The count and the problem in words, such as <c>12 keypoints lie outside their picture</c>.</summary>
    public string Summary => FormattableString.Invariant($"{Count:N0} {Words(Count == 1)}");

    private string Words(bool one) => Problem switch
    {
        DatasetProblem.MissingFile => one ? "picture has no file" : "pictures have no file",
        DatasetProblem.UnreadableFile => one ? "file is no picture" : "files are no pictures",
        DatasetProblem.DuplicateFile => one ? "picture occurs twice" : "pictures occur more than once",
        DatasetProblem.WrongSize => one ? "picture has another size than annotated" : "pictures have another size than annotated",
        DatasetProblem.KeypointOutsideImage => one ? "keypoint lies outside its picture" : "keypoints lie outside their picture",
        DatasetProblem.KeypointOutsideBox => one ? "keypoint lies outside its person's box" : "keypoints lie outside their person's box",
        DatasetProblem.ZeroArea => one ? "person has no area" : "people have no area",
        DatasetProblem.DuplicatePerson => one ? "person is annotated twice" : "people are annotated twice",
        DatasetProblem.SwappedSides => one ? "person probably has left and right swapped" : "people probably have left and right swapped",
        DatasetProblem.MirroredSides => one ? "sign that left and right are swapped throughout" : "signs that left and right are swapped throughout",
        _ => one ? "flip pair joins different parts of the body" : "flip pairs join different parts of the body",
    };
}
