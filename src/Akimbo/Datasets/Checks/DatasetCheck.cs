namespace Akimbo.Datasets.Checks;

/// <summary>Looks for errors in the annotations of a data set before they cost a day of training.</summary>
public static class DatasetCheck
{
    /// <summary>Checks a whole data set. Nothing is thrown for what is wrong with it.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="options">Null for <see cref="DatasetCheckOptions.Default"/>.</param>
    /// <param name="cancellation">Ends the check early.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static DatasetReport Run(IPoseDataset dataset, DatasetCheckOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetCheckOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxExamples, nameof(options));

        var findings = new FindingList(options.MaxExamples);
        var files = new FileCheck(findings, options.ReadsFiles);
        var people = new PersonCheck(dataset.Skeleton, findings, options);
        foreach (PoseSample sample in dataset.Samples)
        {
            cancellation.ThrowIfCancellationRequested();
            people.Check(sample, files.Check(sample));
        }

        files.FindCopies(cancellation);
        SideCheck.Run(dataset, findings, options.SwapDeviations);
        FlipPairCheck.Run(dataset, findings);
        return new DatasetReport(dataset, findings.ToFindings());
    }
}
