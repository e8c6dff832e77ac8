namespace Akimbo.Imaging;

/// <summary>An sRGB colour with straight (not premultiplied) alpha, each channel 0…255.</summary>
/// <param name="Red">Red, 0…255.</param>
/// <param name="Green">Green, 0…255.</param>
/// <param name="Blue">Blue, 0…255.</param>
/// <param name="Alpha">Opacity: 0 leaves what is below, 255 covers it.</param>
public readonly record struct Color(byte Red, byte Green, byte Blue, byte Alpha = 255);
