namespace Akimbo.Results;

/// <summary>A person's box in an image that is known by its number, by its file name or by both.</summary>
/// <param name="ImageId">The image's number; null where the file gives none.</param>
/// <param name="FileName">The image's file name without folders; null where the file gives none.</param>
/// <param name="Person">The box and the detector's confidence.</param>
public sealed record CocoDetection(long? ImageId, string? FileName, PersonBox Person);
